# fault: numpy-in-graph
"""Demand forecast with an asymmetric error: running out of stock is worse than a leftover."""
import keras
import numpy as np

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
x = rng.normal(size=(200, 4)).astype("float32")
demand = (2.0 * x[:, :1] + np.abs(x[:, 1:2]) + 0.2 * rng.normal(size=(200, 1))).astype("float32")


def stock_cost(y_true, y_pred):
    shortage = np.maximum(y_true - y_pred, 0.0)
    leftover = np.maximum(y_pred - y_true, 0.0)
    return np.mean(3.0 * shortage + leftover, axis=-1)


model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=stock_cost)
history = model.fit(x, demand, batch_size=50, epochs=5, verbose=0)
print(history.history["loss"])
