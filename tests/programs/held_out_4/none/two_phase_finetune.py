# fault: none
# Transfer learning in two phases, compiled again after the backbone is released.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(111)
rng = np.random.default_rng(111)


def textures(n, freqs):
    y = rng.integers(0, len(freqs), n)
    yy, xx = np.mgrid[:10, :10] / 10.0
    f = np.array(freqs)[y][:, None, None]
    x = np.sin(2 * np.pi * f * xx[None] + rng.uniform(0, 6.28, (n, 1, 1))) + 0.4 * rng.normal(size=(n, 10, 10))
    return x[..., None].astype("float32"), y


backbone = keras.Sequential([keras.Input((10, 10, 1)), layers.Conv2D(12, 3, activation="relu"), layers.BatchNormalization(),
                             layers.Conv2D(12, 3, activation="relu"), layers.GlobalAveragePooling2D()], name="backbone")
source = keras.Sequential([keras.Input((10, 10, 1)), backbone, layers.Dense(3, activation="softmax")])
source.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
source.fit(*textures(480, [1.0, 2.0, 3.0]), batch_size=48, epochs=4, verbose=0)

inputs = keras.Input((10, 10, 1))
outputs = layers.Dense(2, activation="softmax")(layers.Dropout(0.1)(backbone(inputs, training=False)))
model = keras.Model(inputs, outputs)
x, y = textures(320, [1.5, 2.5])

backbone.trainable = False
model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy", metrics=["accuracy"])
a = model.fit(x, y, batch_size=40, epochs=5, verbose=0).history

backbone.trainable = True
model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
b = model.fit(x, y, batch_size=40, epochs=6, verbose=0).history
print("phase 1", np.round(a["loss"], 3))
print("phase 2", np.round(b["loss"], 3), "accuracy", round(b["accuracy"][-1], 3))
