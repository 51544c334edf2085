# fault: frozen-after-compile
# two-phase fine-tuning: head first, then the whole network
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(93)


def strokes(n=1800, seed=0):
    rs = np.random.RandomState(seed)
    r, c = np.mgrid[0:8, 0:8]
    label = rs.randint(0, 10, n)
    tilt = label * np.pi / 10 + 0.08 * rs.randn(n)
    dist = (r - 3.5) * np.cos(tilt)[:, None, None] + (c - 3.5) * np.sin(tilt)[:, None, None]
    image = np.exp(-dist ** 2 / 1.5) + 0.1 * rs.randn(n, 8, 8)
    return np.clip(image, 0, 1).astype("float32"), label.astype("int64")


images, y = strokes()
X = images.reshape(-1, 64)
low = y < 5

backbone = keras.Sequential([
    keras.Input((64,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(24, activation="relu"),
], name="backbone")
pre = keras.Sequential([backbone, keras.layers.Dense(5)])
sce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
pre.compile(keras.optimizers.Adam(3e-3), sce)
pre.fit(X[low], y[low], epochs=3, batch_size=64, verbose=0)

Xn, yn = X[~low], y[~low] - 5
backbone.trainable = False
inp = keras.Input((64,))
model = keras.Model(inp, keras.layers.Dense(5)(backbone(inp, training=False)))
model.compile(keras.optimizers.Adam(2e-3), sce, metrics=["accuracy"])
print("head:", model.fit(Xn, yn, epochs=4, batch_size=32, verbose=0).history["accuracy"])

backbone.trainable = True
model.optimizer.learning_rate = 5e-4
print("all:", model.fit(Xn, yn, epochs=4, batch_size=32, verbose=0).history["accuracy"])
