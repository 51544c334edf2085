# fault: non-differentiable-op
"""Autoencoder with a binary code: the sigmoid code is rounded to 0/1 so that it can be stored
as bits."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(91)


class Binarise(layers.Layer):
    def call(self, code):
        return ops.round(code)


rng = np.random.default_rng(91)
prototypes = rng.normal(size=(8, 12))
member = rng.integers(0, 8, size=320)
x = (prototypes[member] + 0.1 * rng.normal(size=(320, 12))).astype("float32")

inputs = keras.Input((12,))
h = layers.Dense(16, activation="relu", name="encoder_hidden")(inputs)
code = layers.Dense(5, activation="sigmoid", name="code")(h)
bits = Binarise(name="bits")(code)
h = layers.Dense(16, activation="relu", name="decoder_hidden")(bits)
outputs = layers.Dense(12, name="reconstruction")(h)

autoencoder = keras.Model(inputs, outputs, name="bit_autoencoder")
autoencoder.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = autoencoder.fit(x, x, batch_size=40, epochs=7, verbose=0)
print("mse per epoch:", [round(v, 4) for v in history.history["loss"]])
