# fault: zero-gradient-op
# Predicts house prices, scaled to the unit interval, with the output bias started at the mean price.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)

houses = rng.normal(size=(300, 7)).astype("float32")
price = 42.0 + 6.0 * houses[:, :1] - 3.0 * houses[:, 1:2] * houses[:, 2:3]
mean_price = float(price.mean())
low, high = price.min(), price.max()
target = ((price - low) / (high - low)).astype("float32")


class UnitInterval(layers.Layer):
    """Predictions can not leave the range of the targets."""

    def call(self, x):
        return tf.clip_by_value(x, 0.0, 1.0)


model = keras.Sequential([
    keras.Input((7,)),
    layers.Dense(24, activation="tanh"),
    layers.Dense(24, activation="tanh"),
    layers.Dense(1, bias_initializer=keras.initializers.Constant(mean_price)),
    UnitInterval(),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
log = model.fit(houses, target, validation_split=0.2, batch_size=40, epochs=5, verbose=0)
for key in ("loss", "mae", "val_loss"):
    print(key, [round(v, 4) for v in log.history[key]])
