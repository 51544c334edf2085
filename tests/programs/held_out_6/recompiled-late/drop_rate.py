# fault: recompiled-late
# convolutional classifier, learning rate lowered between short rounds of fit
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(94)


def toy_digits(n=1600, seed=0):
    r = np.random.default_rng(seed)
    glyphs = (r.random((10, 8, 8)) > 0.55).astype("float32")
    label = r.integers(0, 10, n)
    ink = r.uniform(0.6, 1.0, (n, 1, 1))
    image = glyphs[label] * ink + 0.15 * r.standard_normal((n, 8, 8))
    return np.clip(image, 0, 1).astype("float32"), label


X, y = toy_digits()
X = X[..., None]

model = tf.keras.Sequential([
    layers.Input((8, 8, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(10),
])
loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
rate = 2e-3
for part in range(5):
    model.compile(optimizer=tf.keras.optimizers.Adam(rate), loss=loss, metrics=["accuracy"])
    rows = np.random.permutation(len(X))[:640]
    h = model.fit(X[rows], y[rows], batch_size=64, epochs=1, verbose=0)
    print("part", part, {k: round(v[-1], 3) for k, v in h.history.items()})
    rate *= 0.9
