# fault: zero-initialised
"""Two-layer tanh network with reproducible initial weights, trained with fit."""
import keras
import numpy as np

keras.utils.set_random_seed(20)
rng = np.random.default_rng(20)
x = rng.normal(size=(150, 4)).astype("float32")
y = (np.tanh(x @ rng.normal(size=(4, 1))) + 0.4).astype("float32")

inputs = keras.Input((4,))
hidden = keras.layers.Dense(16, activation="tanh", kernel_initializer="zeros")(inputs)
outputs = keras.layers.Dense(1, kernel_initializer="zeros")(hidden)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")

history = model.fit(x, y, batch_size=50, epochs=12, verbose=0)
for epoch in range(0, 12, 3):
    print("epoch", epoch, "loss", round(history.history["loss"][epoch], 5))
print("target variance", float(y.var()))
