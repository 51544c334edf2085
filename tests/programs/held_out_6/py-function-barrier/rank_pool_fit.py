# fault: py-function-barrier
# 1-D sensor classification; the pooling sorts the activations over time with NumPy
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(21)


class RankPool(layers.Layer):
    """Keeps the k largest activations of every channel."""

    def __init__(self, k=4, **kw):
        super().__init__(**kw)
        self.k = k

    def call(self, x):
        top = tf.numpy_function(lambda a: np.sort(a, axis=1)[:, -self.k:, :], [x], tf.float32)
        top.set_shape((None, self.k, x.shape[-1]))
        return tf.reshape(top, (-1, self.k * x.shape[-1]))

    def compute_output_shape(self, s):
        return (s[0], self.k * s[-1])


n, T = 600, 40
y = np.random.randint(0, 3, n)
t = np.arange(T)
freq = np.array([0.2, 0.5, 0.9])[y][:, None]
X = np.sin(freq * t + np.random.uniform(0, 6, (n, 1))) + 0.4 * np.random.randn(n, T)
X = X[..., None].astype("float32")

inp = keras.Input((T, 1))
h = layers.Conv1D(12, 7, activation="relu", padding="same")(inp)
h = layers.Conv1D(12, 5, activation="relu", padding="same")(h)
h = RankPool(4)(h)
out = layers.Dense(3)(h)
model = keras.Model(inp, out)
model.compile(keras.optimizers.Adam(3e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(X[:480], y[:480], validation_data=(X[480:], y[480:]), epochs=6, batch_size=32, verbose=2)
