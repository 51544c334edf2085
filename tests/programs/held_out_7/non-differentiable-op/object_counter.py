# fault: non-differentiable-op
"""Count the blobs in a small image and, as a second task, estimate their total brightness."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
S = 12
gy, gx = np.mgrid[0:S, 0:S]


def scene():
    k = rng.integers(1, 5)
    img = np.zeros((S, S))
    for _ in range(k):
        cy, cx = rng.uniform(1, S - 1, 2)
        img += np.exp(-((gy - cy) ** 2 + (gx - cx) ** 2) / 1.5)
    return img, k


pairs = [scene() for _ in range(600)]
x = np.stack([p[0] for p in pairs])[..., None].astype("float32")
count = np.array([[p[1]] for p in pairs], "float32")
bright = x.mean(axis=(1, 2, 3))[:, None] * 20.0

inp = keras.Input((S, S, 1))
h = layers.Conv2D(8, 3, activation="relu")(inp)
h = layers.Conv2D(8, 3, strides=2, activation="relu")(h)
h = layers.Flatten()(h)
count_feat = layers.Dense(16, activation="relu", name="count_features")(h)
count_out = layers.Dense(1, name="count")(count_feat)
bright_out = layers.Dense(1, name="bright")(h)
model = keras.Model(inp, [count_out, bright_out])


def count_loss(y_true, y_pred):
    # a count is a whole number
    return tf.reduce_mean(tf.abs(y_true - tf.round(y_pred)), axis=-1)


model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=[count_loss, "mse"])
history = model.fit(x, [count, bright], batch_size=50, epochs=6, verbose=0)
for name, values in history.history.items():
    print(name, np.round(values, 3))
pc, _ = model.predict(x, verbose=0)
print("exact counts:", np.mean(np.round(pc) == count))
