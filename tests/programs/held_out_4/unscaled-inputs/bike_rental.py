# fault: unscaled-inputs
# Bike rentals per day from a weather table read from CSV text.
import io
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(49)
rng = np.random.default_rng(49)
N = 700
rows = ["pressure,temperature,population,year,rentals"]
for _ in range(N):
    pressure, temp = rng.normal(101325, 900), rng.uniform(-5, 35)
    pop, year = rng.integers(20000, 90000), rng.integers(2005, 2024)
    rentals = 0.08 * (temp - 15) + 0.6 * (pop - 55000) / 20000 + 0.03 * (year - 2014) + rng.normal(0, 0.1)
    rows.append(f"{pressure:.1f},{temp:.2f},{pop},{year},{rentals:.4f}")
csv = "\n".join(rows)

table = np.genfromtxt(io.StringIO(csv), delimiter=",", skip_header=1, dtype=np.float32)
features, target = table[:, :-1], table[:, -1:]
target = (target - target.mean()) / target.std()
split = int(0.8 * N)
train = tf.data.Dataset.from_tensor_slices((features[:split], target[:split])).shuffle(split, seed=0).batch(56)
test = tf.data.Dataset.from_tensor_slices((features[split:], target[split:])).batch(140)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mse", metrics=["mae"])
model.fit(train, epochs=15, validation_data=test, verbose=2)
