# fault: hard-mask
# denoising of sparse spectra: a learned per-channel gate keeps what is above a level
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(29)
C = 24


class Gate(keras.layers.Layer):
    def build(self, shape):
        self.level = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.1), name="level")

    def call(self, x):
        keep = tf.cast(tf.abs(x) > self.level, x.dtype)
        return x * keep


mix = np.random.randn(C, C) / np.sqrt(C)
clean = np.random.randn(1500, C) * (np.random.rand(1500, C) < 0.2) * 2
noisy = (clean + 0.4 * np.random.randn(1500, C)).astype("float32")
target = (clean @ mix).astype("float32")

inp = keras.Input((C,))
h = Gate()(inp)
h = keras.layers.Dense(C)(h)
model = keras.Model(inp, h)
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
model.fit(noisy, target, batch_size=50, epochs=6, verbose=2)
