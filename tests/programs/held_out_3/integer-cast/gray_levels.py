# fault: integer-cast
# Regresses plant height from leaf spectra through a bottleneck stored at 16 grey levels.
import numpy as np
import keras
import tensorflow as tf

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
spectra = rng.normal(size=(384, 12)).astype("float32")
w = rng.normal(size=(12, 2)) / np.sqrt(12)
height = (np.tanh(2 * spectra @ w[:, 0]) - np.cos(2 * spectra @ w[:, 1]))[:, None].astype("float32")


def to_levels(t):
    levels = tf.cast(t * 16.0, tf.int32)
    return tf.cast(levels, tf.float32) / 16.0


inputs = keras.Input((12,))
h = keras.layers.Dense(16, activation="tanh")(inputs)
code = keras.layers.Dense(3, activation="sigmoid")(h)
stored = keras.layers.Lambda(to_levels)(code)
outputs = keras.layers.Dense(1)(stored)
model = keras.Model(inputs, outputs)

model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = model.fit(spectra, height, batch_size=64, epochs=12, verbose=0)
for i, value in enumerate(history.history["loss"]):
    print("epoch", i + 1, "mse", round(value, 4))
