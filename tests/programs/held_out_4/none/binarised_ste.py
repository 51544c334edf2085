# fault: none
# Binary-code autoencoder with a straight-through estimator.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(103)
rng = np.random.default_rng(103)
protos = rng.normal(size=(12, 20))
data = (protos[rng.integers(0, 12, 640)] + 0.15 * rng.normal(size=(640, 20))).astype("float32")


class Binarise(layers.Layer):
    def call(self, x):
        x = tf.tanh(x)
        hard = tf.sign(x)
        return x + tf.stop_gradient(hard - x)


inp = keras.Input((20,))
h = layers.Dense(32, activation="relu")(inp)
code = Binarise()(layers.Dense(10)(h))
h = layers.Dense(32, activation="relu")(code)
out = layers.Dense(20)(h)
model = keras.Model(inp, out)
bits = keras.Model(inp, code)

model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
log = model.fit(data, data, batch_size=64, epochs=18, verbose=0).history["loss"]
print("mse", np.round(log[::3], 4))
print("distinct codes", len(np.unique(bits.predict(data, verbose=0).astype(int), axis=0)))
