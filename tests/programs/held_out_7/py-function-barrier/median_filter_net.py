# fault: py-function-barrier
"""1-D signal classifier. A median filter (NumPy) removes spikes between the conv stack and the head."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)


def signals(n, length=48):
    t = np.arange(length) / length
    y = rng.integers(0, 3, n)
    freq = np.array([2.0, 4.0, 7.0])[y][:, None]
    x = np.sin(2 * np.pi * freq * t + rng.uniform(0, 6.28, (n, 1))) + 0.3 * rng.normal(size=(n, length))
    spikes = rng.random((n, length)) < 0.02
    x = x + spikes * 3.0
    return x[..., None].astype("float32"), y


def _median3(a):
    p = np.pad(a, ((0, 0), (1, 1), (0, 0)), mode="edge")
    return np.median(np.stack([p[:, :-2], p[:, 1:-1], p[:, 2:]]), axis=0).astype(np.float32)


class MedianFilter(layers.Layer):
    def call(self, x):
        y = tf.numpy_function(_median3, [x], tf.float32)
        y.set_shape(x.shape)
        return y

    def compute_output_shape(self, s):
        return s


inp = keras.Input((48, 1))
x = layers.Conv1D(12, 7, padding="same", activation="relu")(inp)
x = layers.Conv1D(12, 5, padding="same", activation="relu")(x)
x = MedianFilter()(x)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(24, activation="relu")(x)
out = layers.Dense(3)(x)
model = keras.Model(inp, out)

model.compile(
    optimizer=keras.optimizers.Adam(5e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
x_tr, y_tr = signals(768)
x_va, y_va = signals(192)
model.fit(x_tr, y_tr, validation_data=(x_va, y_va), epochs=6, batch_size=64, verbose=2)
