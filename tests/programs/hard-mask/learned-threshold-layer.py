# fault: hard-mask
"""Denoising by thresholding: small coefficients are set to zero, the cut-off of every channel
is learned together with the dense layers. Trained with fit()."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(97)


class Threshold(keras.layers.Layer):
    def build(self, input_shape):
        self.cutoff = self.add_weight(
            name="cutoff", shape=(input_shape[-1],),
            initializer=keras.initializers.Constant(0.2), trainable=True)

    def call(self, x):
        return tf.where(tf.abs(x) > self.cutoff, x, tf.zeros_like(x))


rng = np.random.default_rng(97)
sparse = rng.normal(size=(300, 16)) * (rng.random((300, 16)) < 0.2) * 2
noisy = (sparse + 0.3 * rng.normal(size=sparse.shape)).astype("float32")
sparse = sparse.astype("float32")

denoiser = keras.Sequential([
    keras.layers.Dense(24, name="analysis"),
    Threshold(),
    keras.layers.Dense(16, name="synthesis"),
])
denoiser.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
denoiser.fit(noisy, sparse, batch_size=30, epochs=6, verbose=2)
print("cut-offs:", denoiser.layers[1].cutoff.numpy())
