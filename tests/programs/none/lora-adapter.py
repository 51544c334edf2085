# fault: none
import keras
import numpy as np

keras.utils.set_random_seed(105)
rng = np.random.default_rng(105)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class LoRA(keras.layers.Layer):
    def __init__(self, dense, r):
        super().__init__()
        self.dense, self.r = dense, r
        self.dense.trainable = False
    def build(self, s):
        self.a = self.add_weight(shape=(s[-1], self.r), initializer="random_normal", name="a")
        self.b = self.add_weight(shape=(self.r, self.dense.units), initializer="zeros", name="b")
    def call(self, x):
        return self.dense(x) + keras.ops.matmul(keras.ops.matmul(x, self.a), self.b)
inner = keras.layers.Dense(8)
inner.build((None, 4))
model = keras.Sequential([keras.layers.Input((4,)), LoRA(inner, 2), keras.layers.ReLU(), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, verbose=0)
