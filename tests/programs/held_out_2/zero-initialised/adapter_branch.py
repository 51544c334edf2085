# fault: zero-initialised
# Adapts a frozen base network to a new task with low-rank adapters that start as the identity.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(59)
rng = np.random.default_rng(59)
x = rng.normal(size=(384, 8)).astype("float32")
old_task = np.tanh(x[:, :1] + x[:, 1:2]).astype("float32")
new_task = np.tanh(x[:, 2:3] - x[:, 1:2]).astype("float32")


class AdaptedDense(layers.Layer):
    def __init__(self, base, rank=4, scale=2.0):
        super().__init__(name=base.name + "_adapted")
        self.base, self.rank, self.scale = base, rank, scale
        base.trainable = False

    def build(self, shape):
        self.down = self.add_weight(shape=(shape[-1], self.rank), initializer="zeros", name="down")
        self.up = self.add_weight(shape=(self.rank, self.base.units), initializer="zeros", name="up")

    def call(self, x):
        return self.base(x) + self.scale * tf.matmul(tf.matmul(x, self.down), self.up)


base = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(32, name="first"),
    layers.Activation("tanh"),
    layers.Dense(1, name="last"),
])
base.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
before = base.fit(x, old_task, batch_size=64, epochs=5, verbose=0)
print("old task", [round(v, 4) for v in before.history["loss"]])

adapted = keras.Sequential([
    keras.Input((8,)),
    AdaptedDense(base.get_layer("first")),
    layers.Activation("tanh"),
    AdaptedDense(base.get_layer("last")),
])
adapted.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
after = adapted.fit(x, new_task, batch_size=64, epochs=5, verbose=0)
print("new task", [round(v, 4) for v in after.history["loss"]])
