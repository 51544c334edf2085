# fault: none
# LSTM forecaster on a series with rare jumps; gradients are clipped when the jumps come
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(108)
t = np.arange(1000)
s = np.sin(t / 8) + 0.05 * np.random.randn(1000)
s[np.random.choice(1000, 12)] += 4
s = ((s - s.mean()) / s.std()).astype("float32")
win = np.lib.stride_tricks.sliding_window_view(s, 21)
X, y = win[:, :20, None], win[:, 20:]

model = keras.Sequential([keras.Input((20, 1)), keras.layers.LSTM(16), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(5e-3, global_clipnorm=0.5), loss="mse", metrics=["mae"])
model.fit(X[:800], y[:800], batch_size=40, epochs=5, validation_data=(X[800:], y[800:]), verbose=2,
          callbacks=[keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=2)])

naive = np.mean((X[800:, -1] - y[800:]) ** 2)
forecast = model.predict(X[800:], verbose=0)
error = forecast - y[800:]
print("model mse", float(np.mean(error ** 2)), "last-value mse", float(naive))
for q in (0.5, 0.9, 0.99):
    print(f"{q:.0%} of the absolute errors below", float(np.quantile(np.abs(error), q)))
