# fault: numpy-in-graph
# Forecasting intervals: three quantiles of tomorrow's load, custom loss in compile.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(57)
rng = np.random.default_rng(57)
QUANTILES = np.array([0.1, 0.5, 0.9], dtype="float32")
days = np.arange(730)
load = np.sin(2 * np.pi * days / 7) + 0.3 * np.cos(2 * np.pi * days / 365) + 0.2 * rng.normal(size=730)
X = np.stack([load[i:i + 7] for i in range(700)]).astype("float32")
y = load[7:707].astype("float32")[:, None]


def pinball_loss(y_true, y_pred):
    error = y_true - y_pred
    return np.mean(np.maximum(QUANTILES * error, (QUANTILES - 1.0) * error))


def build_model():
    inputs = keras.Input((7,))
    h = keras.layers.Dense(32, activation="relu")(inputs)
    outputs = keras.layers.Dense(len(QUANTILES))(h)
    return keras.Model(inputs, outputs)


model = build_model()
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss=pinball_loss)
history = model.fit(X[:600], y[:600], validation_data=(X[600:], y[600:]), epochs=8, batch_size=60, verbose=0)
print("final pinball loss", history.history["loss"][-1])
coverage = np.mean((y[600:] > model.predict(X[600:])[:, :1]) & (y[600:] < model.predict(X[600:])[:, 2:]))
print("coverage of the 80% interval", coverage)
