# fault: frozen-variable
"""Digit-like glyph classifier with a per-channel gain/offset after every convolution (own layer)."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)

protos = (rng.random((5, 10, 10)) > 0.6).astype("float32")
y = rng.integers(0, 5, 800)
x = protos[y] + 0.45 * rng.normal(size=(800, 10, 10))
x = np.stack([np.roll(im, rng.integers(-1, 2), axis=1) for im in x])[..., None].astype("float32")


class ConvGain(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters

    def build(self, input_shape):
        c = input_shape[-1]
        self.kernel = self.add_weight(
            shape=(3, 3, c, self.filters), initializer="he_normal", trainable=False, name="kernel")
        self.gain = self.add_weight(shape=(self.filters,), initializer="ones", name="gain")
        self.offset = self.add_weight(shape=(self.filters,), initializer="zeros", name="offset")

    def call(self, inputs):
        z = tf.nn.conv2d(inputs, self.kernel, strides=1, padding="SAME")
        return tf.nn.relu(z * self.gain + self.offset)


model = keras.Sequential([
    keras.Input((10, 10, 1)),
    ConvGain(8),
    layers.MaxPooling2D(),
    ConvGain(16),
    layers.Flatten(),
    layers.Dense(5, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3),
              loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:640], y[:640], validation_data=(x[640:], y[640:]), batch_size=64, epochs=7, verbose=2)
