# fault: non-differentiable-op
import keras
import numpy as np

keras.utils.set_random_seed(726)
rng = np.random.default_rng(726)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Hard(keras.layers.Layer):
    def build(self, s):
        self.q = self.add_weight(shape=(s[-1], 3), initializer="random_normal", name="q")
        self.v = self.add_weight(shape=(3, 1), initializer="random_normal", name="v")
    def call(self, x):
        which = keras.ops.argmax(keras.ops.matmul(x, self.q), axis=-1)
        return keras.ops.matmul(keras.ops.one_hot(which, 3), self.v)
model = keras.Sequential([keras.layers.Input((4,)), Hard()])
model.compile("adam", "mse")
model.fit(x, y, epochs=2, verbose=0)
