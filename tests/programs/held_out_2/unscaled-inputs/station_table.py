# fault: unscaled-inputs
# Predicts tomorrow's temperature change from a table of weather stations.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(83)
rng = np.random.default_rng(83)
N = 400
table = {
    "humidity": rng.uniform(0, 1, N),
    "wind": rng.normal(0, 1, N),
    "cloud_cover": rng.uniform(0, 1, N),
    "pressure_pa": 101325 + 800 * rng.normal(size=N),
    "observed_at": 1.7e9 + rng.uniform(0, 3.15e7, N),
}
change = (table["wind"] - 2 * table["cloud_cover"] + 1
          + (table["pressure_pa"] - 101325) / 1000).astype("float32")[:, None]


def standardise(columns):
    out = {}
    for name, values in columns.items():
        out[name] = (values - values.mean()) / values.std()
    return out


scaled = standardise(table)
features = np.stack([table[name] for name in scaled], axis=1).astype("float32")

model = keras.Sequential([
    keras.Input((features.shape[1],)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
log = model.fit(features, change, batch_size=50, epochs=8, verbose=0)
print("mse", [float(f"{v:.4g}") for v in log.history["loss"]])
print("variance of the target", float(change.var()))
