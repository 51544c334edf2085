# fault: numpy-in-graph
"""Subclassed network that rescales its hidden layer by the batch norm, trained with fit."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)
x = rng.normal(size=(128, 5)).astype("float32")
y = (x[:, :1] * x[:, 1:2] + x[:, 2:3]).astype("float32")


class Rescaled(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(24, activation="tanh")
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        h = self.hidden(inputs)
        magnitude = float(tf.norm(h).numpy()) / np.sqrt(24.0)
        return self.out(h / magnitude)


model = Rescaled()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = model.fit(x, y, batch_size=32, epochs=5, verbose=0)
print(history.history["loss"])
