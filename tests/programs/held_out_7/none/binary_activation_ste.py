# fault: none
"""Network with binary hidden units: sign in the forward pass, clipped identity backwards."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(211)
rng = np.random.default_rng(211)


@tf.custom_gradient
def binarize(x):
    def grad(upstream):
        return upstream * tf.cast(tf.abs(x) <= 1.0, upstream.dtype)
    return tf.where(x >= 0.0, tf.ones_like(x), -tf.ones_like(x)), grad


class BinaryDense(keras.layers.Layer):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], self.units),
                                      initializer="glorot_uniform")
        self.norm = keras.layers.BatchNormalization()
        self.norm.build((None, self.units))

    def call(self, x, training=False):
        return binarize(self.norm(tf.matmul(x, self.kernel), training=training))


n = 1200
x = rng.normal(size=(n, 16)).astype("float32")
y = (x[:, :4].sum(1) - x[:, 4:8].sum(1) > 0).astype("float32")
model = keras.Sequential([
    keras.Input((16,)),
    BinaryDense(64),
    keras.layers.Dense(1),
])
model.compile(
    optimizer=keras.optimizers.Adam(5e-3),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
h = model.fit(x[:1000], y[:1000], validation_data=(x[1000:], y[1000:]), batch_size=50, epochs=8, verbose=0)
for k, v in h.history.items():
    print(f"{k:22s}", np.round(v, 3))
