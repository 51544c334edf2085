# fault: none
"""Curve fitting with validation data; the rate is reduced when the validation loss stalls."""
import keras
import numpy as np

keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
x = rng.uniform(-1, 1, size=(200, 1)).astype("float32")
y = (np.sin(2.5 * x) + 0.1 * rng.normal(size=(200, 1))).astype("float32")

model = keras.Sequential([
    keras.layers.Input((1,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
plateau = keras.callbacks.ReduceLROnPlateau(
    monitor="val_loss", factor=0.5, patience=2, min_delta=1e-3, min_lr=1e-3)
history = model.fit(
    x, y, validation_split=0.2, batch_size=40, epochs=10, callbacks=[plateau], verbose=0)
print("validation loss", np.round(history.history["val_loss"], 4))
print("rate", history.history["learning_rate"])
