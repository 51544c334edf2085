# fault: none
# LoRA: a trained dense network is frozen, low-rank updates are learned for a shifted task
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(112)


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank=4, alpha=8.0):
        super().__init__()
        self.dense, self.rank, self.scale = dense, rank, alpha / rank
        self.dense.trainable = False

    def build(self, shape):
        self.A = self.add_weight(shape=(shape[-1], self.rank), initializer="he_normal", name="A")
        self.B = self.add_weight(shape=(self.rank, self.dense.units), initializer="zeros", name="B")

    def call(self, x):
        y = tf.matmul(x, self.dense.kernel) + self.dense.bias + self.scale * tf.matmul(tf.matmul(x, self.A), self.B)
        return self.dense.activation(y)


X = np.random.randn(900, 12).astype("float32")
w = np.random.randn(12, 1)
y_old = np.tanh(X @ w * 0.4).astype("float32")
y_new = np.tanh(X @ (w + 0.8 * np.random.randn(12, 1)) * 0.4).astype("float32")
d1, d2, d3 = keras.layers.Dense(32, "relu"), keras.layers.Dense(32, "relu"), keras.layers.Dense(1)
base = keras.Sequential([keras.Input((12,)), d1, d2, d3])
base.compile(keras.optimizers.Adam(5e-3), "mse")
base.fit(X, y_old, epochs=5, batch_size=50, verbose=0)

tuned = keras.Sequential([keras.Input((12,)), LoRADense(d1), LoRADense(d2), LoRADense(d3)])
tuned.compile(keras.optimizers.Adam(5e-3), "mse")
hist = tuned.fit(X, y_new, epochs=6, batch_size=50, verbose=0).history["loss"]
print("adapted mse", hist, "trainable", sum(int(np.prod(v.shape)) for v in tuned.trainable_variables))
