# fault: integer-cast
"""Tiny image compressor: 8x8 patches are encoded to 6 bytes (0..255) and decoded again."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(25)
rng = np.random.default_rng(25)
grid = np.linspace(0, 1, 8)
slopes = rng.uniform(-1, 1, size=(300, 2, 1, 1))
patches = 0.5 + 0.25 * (slopes[:, 0] * grid[None, :, None] + slopes[:, 1] * grid[None, None, :])
patches = patches.reshape(300, 64).astype("float32")


class ToBytes(layers.Layer):
    """Store the code in one byte per value."""

    def call(self, code):
        as_bytes = tf.cast(code * 255.0, tf.uint8)
        return tf.cast(as_bytes, tf.float32) / 255.0


inputs = keras.Input((64,))
x = layers.Dense(24, activation="relu", name="enc_hidden")(inputs)
x = layers.Dense(6, activation="sigmoid", name="enc_code")(x)
x = ToBytes()(x)
x = layers.Dense(24, activation="relu", name="dec_hidden")(x)
outputs = layers.Dense(64, activation="sigmoid", name="dec_out")(x)

compressor = keras.Model(inputs, outputs)
compressor.compile(optimizer=keras.optimizers.Adam(0.003), loss="mean_squared_error")
hist = compressor.fit(patches, patches, batch_size=30, epochs=6, verbose=0)
for epoch, value in enumerate(hist.history["loss"]):
    print("epoch", epoch, "loss", round(value, 5))
