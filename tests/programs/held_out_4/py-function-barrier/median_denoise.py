# fault: py-function-barrier
# ECG-like signals: conv features, a median filter over time, then a regression of the pulse rate.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)


def median3(a):
    padded = np.pad(a, ((0, 0), (1, 1), (0, 0)), mode="edge")
    return np.median(np.stack([padded[:, :-2], padded[:, 1:-1], padded[:, 2:]]), axis=0).astype(np.float32)


class MedianFilter(keras.layers.Layer):
    def call(self, inputs):
        out = tf.numpy_function(median3, [inputs], tf.float32)
        out.set_shape(inputs.shape)
        return out

    def compute_output_shape(self, input_shape):
        return input_shape


n, length = 512, 32
rate = rng.uniform(1, 5, n).astype("float32")
time = np.linspace(0, 1, length)
sig = np.sin(2 * np.pi * rate[:, None] * time + rng.uniform(0, 6.28, (n, 1)))
sig = sig + (rng.random(sig.shape) < 0.05) * rng.normal(0, 2, sig.shape)
sig = sig[..., None].astype("float32")
target = ((rate - 3.0) / 1.2)[:, None]

inputs = keras.Input((length, 1))
h = keras.layers.Conv1D(16, 5, padding="same", activation="relu", name="features")(inputs)
h = MedianFilter(name="median")(h)
h = keras.layers.Conv1D(16, 5, strides=2, activation="relu", name="summary")(h)
h = keras.layers.GlobalAveragePooling1D()(h)
outputs = keras.layers.Dense(1, name="rate")(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse", metrics=["mae"])
history = model.fit(sig, target, batch_size=64, epochs=10, validation_split=0.1, verbose=0)
for e, (a, b) in enumerate(zip(history.history["loss"], history.history["val_loss"])):
    print(f"{e:2d} train {a:.4f} val {b:.4f}")
