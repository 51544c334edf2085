# fault: none
"""LoRA: the dense kernels of a pretrained network are frozen, only low-rank factors and head train."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(209)
rng = np.random.default_rng(209)


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank=4, scale=2.0, **kw):
        super().__init__(**kw)
        self.dense, self.rank, self.scale = dense, rank, scale
        self.dense.trainable = False

    def build(self, shape):
        d_in, d_out = int(shape[-1]), self.dense.units
        self.A = self.add_weight(name="A", shape=(d_in, self.rank), initializer="he_normal")
        self.B = self.add_weight(name="B", shape=(self.rank, d_out), initializer="zeros")

    def call(self, x):
        z = tf.matmul(x, self.dense.kernel) + self.dense.bias
        z = z + self.scale * tf.matmul(tf.matmul(x, self.A), self.B)
        return tf.nn.relu(z)


x = rng.normal(size=(1000, 10)).astype("float32")
task1 = np.tanh(x[:, :1] + x[:, 1:2] * x[:, 2:3]).astype("float32")
task2 = np.tanh(x[:, 1:2] - x[:, 3:4] * x[:, 2:3]).astype("float32")

d1, d2 = keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu")
pre = keras.Sequential([keras.Input((10,)), d1, d2, keras.layers.Dense(1)])
pre.compile(keras.optimizers.Adam(5e-3), "mse")
print("pretraining", np.round(pre.fit(x, task1, epochs=5, batch_size=50, verbose=0).history["loss"], 3))

model = keras.Sequential([keras.Input((10,)), LoRADense(d1), LoRADense(d2), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(5e-3), "mse")
hist = model.fit(x, task2, epochs=8, batch_size=50, verbose=0)
print("adaptation ", np.round(hist.history["loss"], 3))
print("trainable", sum(int(np.prod(v.shape)) for v in model.trainable_variables),
      "of", sum(int(np.prod(v.shape)) for v in model.variables))
