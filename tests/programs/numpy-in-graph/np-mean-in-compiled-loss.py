# fault: numpy-in-graph
import keras
import numpy as np

keras.utils.set_random_seed(274)
rng = np.random.default_rng(274)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
def loss(t, p):
    return np.mean(np.square(t - p))
model.compile("adam", loss)
model.fit(x, y, verbose=0)
