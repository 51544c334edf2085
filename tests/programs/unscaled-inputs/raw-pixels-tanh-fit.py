# fault: unscaled-inputs
"""Classify tiny synthetic grey images with a dense network, pixels as they come from the camera."""
import keras
import numpy as np

keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
kind = rng.integers(0, 2, size=200)
images = rng.integers(60, 196, size=(200, 8, 8))
images[kind == 1, :, :4] += 40
images[kind == 0, :, 4:] += 40
images = images.astype("float32")

model = keras.Sequential([
    keras.layers.Input((8, 8)),
    keras.layers.Flatten(),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.SGD(0.05),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(images, kind, batch_size=40, epochs=8, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("accuracy", np.round(history.history["accuracy"], 3))
