# fault: nan-in-data
# Predicts the revenue of an advert from impressions, click rate and position.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(360)
rng = np.random.default_rng(360)
impressions = rng.poisson(6, size=400)
clicks = rng.binomial(impressions, 0.3)
with np.errstate(all="ignore"):
    rate = clicks / impressions
position = rng.normal(size=400)
adverts = np.stack([(impressions - 6) / 2.5, rate, position], axis=1).astype("float32")
revenue = (0.4 * clicks - 0.5 * position)[:, None].astype("float32")

train = tf.data.Dataset.from_tensor_slices((adverts, revenue)).shuffle(400, seed=3).batch(50)
model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
history = model.fit(train, epochs=5, verbose=0)
for e in range(5):
    print("epoch", e + 1, {k: v[e] for k, v in history.history.items()})
print("adverts:", adverts.shape, "mean revenue", revenue.mean())
