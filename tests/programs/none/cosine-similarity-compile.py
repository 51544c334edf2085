# fault: none
import keras
import numpy as np

keras.utils.set_random_seed(777)
rng = np.random.default_rng(777)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
t = rng.normal(size=(128, 5)).astype("float32")
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(5)])
model.compile(keras.optimizers.Adam(0.01), keras.losses.CosineSimilarity())
model.fit(x, t, epochs=6, verbose=0)
