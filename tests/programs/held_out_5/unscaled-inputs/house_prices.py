# fault: unscaled-inputs
"""House price model: area in square feet, lot size, build year, income of the district."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
n = 1000
area = rng.normal(1800, 500, n)
lot = rng.normal(7500, 2000, n)
year = rng.integers(1930, 2020, n)
income = rng.normal(62000, 15000, n)
price = 0.8 * (area - 1800) / 500 + 0.3 * (lot - 7500) / 2000 + 0.4 * (year - 1975) / 26 + 0.6 * (income - 62000) / 15000
price = (price + 0.1 * rng.normal(size=n)).astype("float32")[:, None]
X = np.stack([area, lot, year, income], 1).astype("float32")

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(0.02), loss=keras.losses.MeanSquaredError())
h = model.fit(X, price, batch_size=50, epochs=20, verbose=0)
print(np.round(h.history["loss"], 4))
print("variance of the log price", price.var())
