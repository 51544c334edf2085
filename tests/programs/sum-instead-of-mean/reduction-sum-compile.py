# fault: sum-instead-of-mean
import keras
import numpy as np

keras.utils.set_random_seed(131)
rng = np.random.default_rng(131)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.SGD(0.05), keras.losses.MeanSquaredError(reduction="sum"))
model.fit(x, y, epochs=6, batch_size=64, verbose=0)
