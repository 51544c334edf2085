# fault: nan-in-unused-branch
"""Regression on log-compressed hidden activations; units that are off contribute zero."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
x = rng.normal(size=(100, 5)).astype("float32")
y = (np.log1p(np.abs(x[:, :1])) + x[:, 1:2]).astype("float32")


class LogCompressed(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.features = tf.keras.layers.Dense(12, activation="relu")
        self.readout = tf.keras.layers.Dense(1)

    def call(self, inputs):
        h = self.features(inputs)
        compressed = tf.where(h > 0, tf.math.log(h), tf.zeros_like(h))
        return self.readout(compressed)


model = LogCompressed()
optimizer = tf.keras.optimizers.Adam(0.005)
for step in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("step", step, "loss", float(loss))
