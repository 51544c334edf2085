# fault: frozen-after-compile
"""Transfer learning: pretrain a conv base on task A, then task B in two phases (head, fine tuning)."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(103)
rng = np.random.default_rng(103)
S = 10


def textures(n, angles):
    k = rng.integers(0, len(angles), n)
    yy, xx = np.mgrid[0:S, 0:S]
    a = np.asarray(angles)[k][:, None, None]
    ph = rng.uniform(0, 6.28, (n, 1, 1))
    img = np.sin(1.4 * (np.cos(a) * xx + np.sin(a) * yy) + ph) + 0.4 * rng.normal(size=(n, S, S))
    return img[..., None].astype("float32"), k


base = keras.Sequential([
    keras.Input((S, S, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(12, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
], name="base")

xa, ya = textures(400, [0.0, 1.57])
source = keras.Sequential([base, layers.Dense(2, activation="softmax")])
source.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
source.fit(xa, ya, epochs=3, batch_size=50, verbose=0)

# --- task B, phase 1: head only
xb, yb = textures(400, [0.4, 0.8, 1.2, 2.2])
base.trainable = False
target = keras.Sequential([base, layers.Dense(24, activation="relu"), layers.Dense(4, activation="softmax")])
target.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
h1 = target.fit(xb, yb, epochs=4, batch_size=50, verbose=0)
print("phase 1", np.round(h1.history["accuracy"], 3))

# --- phase 2: fine-tune everything
base.trainable = True
h2 = target.fit(xb, yb, epochs=5, batch_size=50, verbose=0)
print("phase 2", np.round(h2.history["accuracy"], 3))
print("trainable tensors:", len(target.trainable_variables))
