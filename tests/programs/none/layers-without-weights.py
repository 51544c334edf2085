# fault: none
"""Image classifier with rescaling, pooling, reshaping and dropout between its dense layers."""
import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(105)
rng = np.random.default_rng(105)
bright_side = rng.integers(0, 2, size=160)
pictures = rng.integers(60, 180, size=(160, 8, 8, 1))
pictures[bright_side == 1, :, :4] += 50
pictures[bright_side == 0, :, 4:] += 50

model = keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Rescaling(1 / 64.0, offset=-2.2),
    layers.AveragePooling2D(2),
    layers.Flatten(),
    layers.Dense(12),
    layers.LeakyReLU(negative_slope=0.1),
    layers.Dropout(0.1),
    layers.Reshape((3, 4)),
    layers.Flatten(),
    layers.Dense(2),
    layers.Softmax(),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
history = model.fit(pictures.astype("float32"), bright_side, batch_size=32, epochs=6, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("accuracy", np.round(history.history["accuracy"], 3))
