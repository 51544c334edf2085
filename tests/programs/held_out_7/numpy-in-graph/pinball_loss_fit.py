# fault: numpy-in-graph
# Quantile regression of delivery times with a pinball loss, compiled and fitted
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(95)
rng = np.random.default_rng(95)

distance = rng.uniform(0, 1, (1200, 1))
traffic = rng.uniform(0, 1, (1200, 1))
minutes = 10 + 30 * distance * (1 + traffic) + rng.exponential(4, (1200, 1)) * (0.5 + traffic)
X = np.hstack([distance, traffic]).astype("float32") * 2 - 1
y = ((minutes - minutes.mean()) / minutes.std()).astype("float32")

QUANTILES = np.array([0.1, 0.5, 0.9], dtype="float32")


def pinball(y_true, y_pred):
    diff = y_true - y_pred                              # (batch, 3)
    return np.mean(np.maximum(QUANTILES * diff, (QUANTILES - 1.0) * diff), axis=-1)


model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(32, activation="elu"),
    keras.layers.Dense(32, activation="elu"),
    keras.layers.Dense(len(QUANTILES)),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=pinball)
h = model.fit(X, y, batch_size=60, epochs=6, verbose=0)
print(np.round(h.history["loss"], 4))

q = model.predict(X, verbose=0)
for k, name in enumerate(QUANTILES):
    print(f"quantile {name}: share below {np.mean(y[:, 0] < q[:, k]):.3f}")
