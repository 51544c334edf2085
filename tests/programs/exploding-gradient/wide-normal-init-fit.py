# fault: exploding-gradient
"""Regression with a stack of relu layers and a custom initializer, trained with fit."""
import keras
import numpy as np

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
x = rng.normal(size=(128, 10)).astype("float32")
y = x[:, :1] - 0.5 * x[:, 3:4]

init = keras.initializers.RandomNormal(stddev=1.0)
stack = [keras.layers.Input((10,))]
for _ in range(6):
    stack.append(keras.layers.Dense(64, activation="relu", kernel_initializer=init))
stack.append(keras.layers.Dense(1, kernel_initializer=init))
model = keras.Sequential(stack)

model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.001), loss="mse")
history = model.fit(x, y, batch_size=32, epochs=5, verbose=0)
for epoch, value in enumerate(history.history["loss"]):
    print("epoch", epoch, "loss", value)
