# fault: broadcast-loss
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(825)
rng = np.random.default_rng(825)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.SGD(0.02)
sw = rng.uniform(0.5, 1.5, size=(128,)).astype("float32")
for i in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(sw * (model(x) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
