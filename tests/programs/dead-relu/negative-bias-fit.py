# fault: dead-relu
"""Regression net whose hidden layer starts with a strong bias to encourage sparse activations."""
import keras
import numpy as np

keras.utils.set_random_seed(35)
rng = np.random.default_rng(35)
x = rng.normal(size=(160, 6)).astype("float32")
y = (np.maximum(x[:, :1], 0) - 0.5 * x[:, 1:2] + 0.3).astype("float32")

model = keras.Sequential([
    keras.layers.Input((6,)),
    keras.layers.Dense(
        32, activation="relu", bias_initializer=keras.initializers.Constant(-12.0)),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = model.fit(x, y, batch_size=40, epochs=8, verbose=0)
print("loss", [round(v, 4) for v in history.history["loss"]])
print("prediction spread", float(model.predict(x, verbose=0).std()))
