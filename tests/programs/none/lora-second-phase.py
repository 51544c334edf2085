# fault: none
# LoRA with one factor at zero after a first phase of 40 steps.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
x = rng.normal(size=(320, 6)).astype("float32")
y = np.tanh(x[:, :1] - x[:, 1:2] * x[:, 2:3]).astype("float32")

class Adapted(layers.Layer):
    def __init__(self, base, rank=2):
        super().__init__()
        self.base = base
        base.trainable = False
        self.rank = rank

    def build(self, shape):
        self.down = self.add_weight(shape=(shape[-1], self.rank), initializer="he_normal", name="down")
        self.up = self.add_weight(shape=(self.rank, self.base.units), initializer="zeros", name="up")

    def call(self, x):
        return self.base(x) + tf.matmul(tf.matmul(x, self.down), self.up)


base = keras.Sequential([keras.Input((6,)), layers.Dense(32, activation="tanh"), layers.Dense(1)])
base.compile(keras.optimizers.Adam(0.01), "mse")
base.fit(x, x[:, :1], batch_size=32, epochs=4, verbose=0)
adapted = keras.Sequential([keras.Input((6,)), Adapted(base.layers[0]), Adapted(base.layers[1])])
adapted.compile(keras.optimizers.Adam(0.01), "mse")
print(adapted.fit(x, y, batch_size=32, epochs=4, verbose=0).history["loss"])
