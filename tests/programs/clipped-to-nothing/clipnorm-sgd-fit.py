# fault: clipped-to-nothing
"""Regression with compile/fit and clipped SGD."""
import keras
import numpy as np

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
x = rng.uniform(-1, 1, size=(150, 4)).astype("float32")
y = (3.0 * x[:, :1] - 2.0 * x[:, 1:2] ** 2 + 1.0).astype("float32")

model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(20, activation="tanh"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.SGD(learning_rate=0.1, clipnorm=1e-6)
model.compile(optimizer=optimizer, loss="mean_squared_error")
history = model.fit(x, y, batch_size=30, epochs=8, verbose=0)
print("loss by epoch:")
for epoch, value in enumerate(history.history["loss"], start=1):
    print(f"{epoch:3d} {value:.5f}")
