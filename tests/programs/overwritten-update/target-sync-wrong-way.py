# fault: overwritten-update
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(734)
rng = np.random.default_rng(734)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
online = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
target = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.01)
@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((online(xb) - yb - 0.5 * target(xb)) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, online.trainable_variables), online.trainable_variables))
    for o, t in zip(online.trainable_variables, target.trainable_variables):
        o.assign(t)
    return loss
for i in range(8):
    step(x, y)
