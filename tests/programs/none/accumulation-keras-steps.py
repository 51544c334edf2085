# fault: none
import keras
import numpy as np

keras.utils.set_random_seed(634)
rng = np.random.default_rng(634)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.01, gradient_accumulation_steps=4), "mse")
model.fit(x, y, batch_size=16, epochs=4, verbose=0)
