# fault: too-little-capacity
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(208)
rng = np.random.default_rng(208)
x = rng.uniform(-2, 2, size=(128, 1)).astype("float32")
y = x ** 2
model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(16), keras.layers.Dense(16), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.02)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for i in range(60):
    step()
