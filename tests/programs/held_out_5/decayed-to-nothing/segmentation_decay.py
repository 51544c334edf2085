# fault: decayed-to-nothing
"""Tiny segmentation net on noisy rectangles, rate shrinking by 20 percent per epoch."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)
n, S = 240, 12
img = 0.5 * rng.normal(size=(n, S, S, 1))
mask = np.zeros((n, S, S, 1))
for i in range(n):
    r, c = rng.integers(0, S - 5, 2)
    h, w = rng.integers(3, 6, 2)
    mask[i, r:r + h, c:c + w] = 1.0
img = (img + mask).astype("float32")
mask = mask.astype("float32")

inp = keras.Input((S, S, 1))
a = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
b = layers.Conv2D(8, 3, padding="same", activation="relu")(a)
out = layers.Conv2D(1, 1, activation="sigmoid")(layers.Concatenate()([a, b]))
net = keras.Model(inp, out)

schedule = keras.optimizers.schedules.ExponentialDecay(0.01, decay_steps=1, decay_rate=0.8)
net.compile(keras.optimizers.Adam(schedule), loss="binary_crossentropy",
            metrics=[keras.metrics.BinaryIoU(target_class_ids=[1])])
log = net.fit(img, mask, batch_size=16, epochs=12, verbose=0).history
for k in log:
    print(k, np.round(log[k], 4))
