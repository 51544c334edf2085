# fault: truncated-pairs
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(493)
rng = np.random.default_rng(493)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
rates = [0.1, 0.1, 0.05]
for i in range(10):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    for rate, g, v in zip(rates, grads, model.trainable_variables):
        v.assign_sub(rate * g)
