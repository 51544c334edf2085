# fault: frozen-after-compile
# Everything for 40 steps, then the base is frozen and fit goes on.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(22)
rng = np.random.default_rng(22)
label = rng.integers(0, 4, 320)
x = (rng.normal(size=(4, 8))[label] * 1.5 + rng.normal(size=(320, 8)) * 0.5).astype("float32")

base = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu")])
model = keras.Sequential([keras.Input((8,)), base, layers.Dense(4)])
model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, label, batch_size=32, epochs=4, verbose=0)
base.trainable = False
print(model.fit(x, label, batch_size=32, epochs=3, verbose=0).history["loss"])
