# fault: none
"""Layer with its own weights (a quadratic form per unit), used in a functional model with fit."""
import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(119)
rng = np.random.default_rng(119)
x = rng.normal(size=(200, 3)).astype("float32")
y = (x[:, :1] * x[:, 1:2] - 0.5 * x[:, 2:3] ** 2 + 0.3).astype("float32")


class QuadraticForm(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        d = input_shape[-1]
        self.form = self.add_weight(
            shape=(self.units, d, d), initializer=keras.initializers.RandomNormal(stddev=0.2))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.einsum("bi,uij,bj->bu", inputs, self.form, inputs) + self.bias


inputs = keras.Input((3,))
outputs = keras.layers.Dense(1)(QuadraticForm(4)(inputs))
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
history = model.fit(x, y, batch_size=40, epochs=8, verbose=0)
print("loss", np.round(history.history["loss"], 4))
