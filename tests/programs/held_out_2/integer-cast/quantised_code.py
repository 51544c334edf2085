# fault: integer-cast
# Trains an autoencoder whose code is stored as 8-bit gray values.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
basis = rng.normal(size=(4, 24))
patches = (1 / (1 + np.exp(-(rng.normal(size=(384, 4)) @ basis)))).astype("float32")


class EightBitCode(layers.Layer):
    """Keeps the code in the range and resolution of a stored image."""

    def call(self, code):
        stored = tf.image.convert_image_dtype(code, tf.uint8, saturate=True)
        return tf.image.convert_image_dtype(stored, tf.float32)


pixels = keras.Input((24,))
h = layers.Dense(16, activation="relu", name="enc_hidden")(pixels)
code = layers.Dense(6, activation="sigmoid", name="code")(h)
restored = EightBitCode()(code)
h = layers.Dense(16, activation="relu", name="dec_hidden")(restored)
out = layers.Dense(24, activation="sigmoid", name="pixels")(h)
autoencoder = keras.Model(pixels, out)

autoencoder.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse")
log = autoencoder.fit(patches, patches, epochs=6, batch_size=64, verbose=0)
for epoch, value in enumerate(log.history["loss"]):
    print(f"epoch {epoch} reconstruction error {value:.5f}")
