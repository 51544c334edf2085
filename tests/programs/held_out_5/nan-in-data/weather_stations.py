# fault: nan-in-data
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(35)
rng = np.random.default_rng(35)

# 30 days of hourly records from weather stations
n = 720
temp = rng.normal(size=n)
humidity = rng.normal(size=n)
wind = rng.normal(size=n)
pressure = rng.normal(size=n)
target = 0.6 * temp - 0.3 * humidity + 0.2 * wind * pressure
wind[rng.choice(n, 9, replace=False)] = np.nan
table = np.stack([temp, humidity, wind, pressure], axis=1)
table = (table - np.nanmean(table, axis=0)) / np.nanstd(table, axis=0)


class Forecaster(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.Sequential([layers.Dense(24, activation="swish"), layers.Dense(24, activation="swish")])
        self.head = layers.Dense(1)

    def call(self, x, training=None):
        return self.head(self.body(x, training=training))


model = Forecaster()
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
hist = model.fit(table.astype("float32"), target.astype("float32"), batch_size=48, epochs=10, verbose=0)
print("loss", hist.history["loss"])
print("prediction for the first hours", model.predict(table[:4].astype("float32"), verbose=0).ravel())
