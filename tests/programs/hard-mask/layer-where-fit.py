# fault: hard-mask
import keras
import numpy as np

keras.utils.set_random_seed(406)
rng = np.random.default_rng(406)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Gate(keras.layers.Layer):
    def build(self, s):
        self.t = self.add_weight(shape=(s[-1],), initializer="zeros", name="t")
    def call(self, x):
        return keras.ops.where(x > self.t, x, 0.0)
model = keras.Sequential([keras.layers.Input((4,)), Gate(), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
