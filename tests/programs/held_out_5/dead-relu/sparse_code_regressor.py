# fault: dead-relu
"""Regress the response of a plant to six standardised controls."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
X = rng.uniform(-1, 1, size=(1200, 6)).astype("float32")
y = (np.maximum(X[:, 0], 0) * 2 - X[:, 1] * X[:, 2] + 0.5 * X[:, 3]).astype("float32")[:, None]

inp = keras.Input((6,))
h = layers.Dense(40, activation="relu", bias_initializer=keras.initializers.Constant(-6.0), name="detectors")(inp)
h = layers.Dense(20, activation="tanh", name="mix")(h)
out = layers.Dense(1, name="out")(h)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")

history = model.fit(X[:1000], y[:1000], batch_size=50, epochs=15, validation_data=(X[1000:], y[1000:]), verbose=0)
for e in range(0, 15, 3):
    print(e, "mse", round(history.history["loss"][e], 4), "val", round(history.history["val_loss"][e], 4))

pred = model.predict(X[1000:], verbose=0)
residual = y[1000:] - pred
print("test r2", 1.0 - residual.var() / y[1000:].var())
print("spread of the predictions", pred.std(), "spread of the target", y.std())
