# fault: none
# transfer learning: a backbone trained on one task is frozen on purpose, a new head is fitted
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(101)
yy, xx = np.mgrid[0:10, 0:10]


def spots(n):
    c = np.random.uniform(2, 8, (n, 2))
    img = np.exp(-((yy - c[:, 0, None, None]) ** 2 + (xx - c[:, 1, None, None]) ** 2) / 3)
    return (img + 0.1 * np.random.randn(n, 10, 10)).astype("float32")[..., None], (c / 10).astype("float32")


X, centre = spots(800)
backbone = keras.Sequential([
    keras.Input((10, 10, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.BatchNormalization(),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
], name="backbone")
pretext = keras.Sequential([backbone, keras.layers.Dense(2)])
pretext.compile(keras.optimizers.Adam(3e-3), "mse")
pretext.fit(X, centre, epochs=4, batch_size=50, verbose=0)

backbone.trainable = False
inp = keras.Input((10, 10, 1))
head = keras.layers.Dense(1)(backbone(inp, training=False))
model = keras.Model(inp, head)
model.compile(keras.optimizers.Adam(5e-3), keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
label = (centre[:, 0] > centre[:, 1]).astype("float32")[:, None]
model.fit(X[:600], label[:600], validation_data=(X[600:], label[600:]), epochs=5, batch_size=50, verbose=2)
