# fault: nan-in-data
"""Weather regression with fit; the table has gaps like every real table."""
import keras
import numpy as np

keras.utils.set_random_seed(46)
rng = np.random.default_rng(46)
table = rng.normal(size=(180, 5)).astype("float32")
temperature = (table[:, :1] - 0.7 * table[:, 2:3] + 0.1 * rng.normal(size=(180, 1)))
table[rng.integers(0, 180, size=4), 3] = np.nan

model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer="adam", loss="mae")
history = model.fit(table, temperature.astype("float32"), batch_size=36, epochs=4, verbose=0)
for epoch, value in enumerate(history.history["loss"]):
    print("epoch", epoch, "loss", value)
