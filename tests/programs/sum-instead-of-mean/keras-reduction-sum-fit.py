# fault: sum-instead-of-mean
"""Two-layer network for an energy demand curve, compiled with a mean squared error object."""
import keras
import numpy as np

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
hour = rng.uniform(0, 24, size=(600, 1))
x = np.concatenate([np.sin(hour * np.pi / 12), np.cos(hour * np.pi / 12)], axis=1).astype("float32")
demand = (1.5 * x[:, :1] - x[:, 1:] * x[:, :1] + 0.1 * rng.normal(size=(600, 1))).astype("float32")

model = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.05),
    loss=keras.losses.MeanSquaredError(reduction="sum"),
    metrics=["mae"],
)
history = model.fit(x, demand, batch_size=200, epochs=8, verbose=0)
print("loss", history.history["loss"])
print("mae", history.history["mae"])
