# fault: frozen-python-state
import keras
import numpy as np

keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = keras.layers.Dense(8, activation="relu")
        self.b = keras.layers.Dense(1)
        self.warm = True
    def call(self, x):
        h = self.a(x)
        if self.warm:
            h = keras.ops.stop_gradient(h)
        return self.b(h)
m = M()
m.compile(keras.optimizers.Adam(0.01), "mse")
class Switch(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 2:
            self.model.warm = False
m.fit(x, y, epochs=5, verbose=0, callbacks=[Switch()])
