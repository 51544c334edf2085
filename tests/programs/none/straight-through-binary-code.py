# fault: none
"""Autoencoder with a binary bottleneck. The rounding uses the straight-through estimator:
hard bits in the forward pass, the gradient of the sigmoid in the backward pass."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(202)
rng = np.random.default_rng(202)
patterns = rng.normal(size=(6, 10))
x = (patterns[rng.integers(0, 6, 300)] + 0.1 * rng.normal(size=(300, 10))).astype("float32")


class BinaryAutoencoder(keras.Model):
    def __init__(self, bits=6):
        super().__init__()
        self.to_code = keras.layers.Dense(bits, activation="sigmoid")
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.out = keras.layers.Dense(10)

    def call(self, inputs):
        soft = self.to_code(inputs)
        hard = soft + tf.stop_gradient(tf.round(soft) - soft)
        return self.out(self.hidden(hard))


model = BinaryAutoencoder()
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = model.fit(x, x, epochs=10, batch_size=30, verbose=0)
print("reconstruction loss:", [round(v, 3) for v in history.history["loss"]])
