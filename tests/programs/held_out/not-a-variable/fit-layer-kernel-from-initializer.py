# fault: not-a-variable
"""Polynomial feature layer with one coefficient per degree, followed by a dense readout,
trained with fit()."""
import numpy as np
import keras
from keras import layers, ops, initializers

keras.utils.set_random_seed(37)


class Polynomial(layers.Layer):
    """c0 + c1 * x + c2 * x^2 + c3 * x^3, elementwise."""

    def __init__(self, degree=3):
        super().__init__()
        self.degree = degree

    def build(self, input_shape):
        init = initializers.RandomNormal(stddev=0.3, seed=37)
        self.coefficients = init(shape=(self.degree + 1,))
        super().build(input_shape)

    def call(self, x):
        total = ops.zeros_like(x)
        for k in range(self.degree + 1):
            total = total + self.coefficients[k] * x ** k
        return total


rng = np.random.default_rng(37)
x = rng.uniform(-1.5, 1.5, size=(300, 2)).astype("float32")
y = (x[:, :1] ** 3 - x[:, 1:] ** 2).astype("float32")

inputs = keras.Input(shape=(2,))
features = Polynomial()(inputs)
outputs = layers.Dense(1)(features)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mae")
history = model.fit(x, y, batch_size=50, epochs=8, verbose=0)
for epoch, loss in enumerate(history.history["loss"], start=1):
    print(f"epoch {epoch}: mae {loss:.4f}")
