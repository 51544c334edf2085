# fault: none
# Learns eight-bit hash codes for vectors with a straight-through estimator.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
factors = rng.integers(0, 2, size=(400, 5)) * 2 - 1
vectors = (factors @ rng.normal(size=(5, 16)) + 0.1 * rng.normal(size=(400, 16))).astype("float32")


class Binarise(layers.Layer):
    def call(self, z):
        soft = tf.tanh(z)
        hard = tf.where(soft >= 0, tf.ones_like(soft), -tf.ones_like(soft))
        return soft + tf.stop_gradient(hard - soft)


inputs = keras.Input((16,))
h = layers.Dense(24, activation="relu")(inputs)
bits = Binarise(name="bits")(layers.Dense(8)(h))
h = layers.Dense(24, activation="relu")(bits)
model = keras.Model(inputs, layers.Dense(16)(h))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
log = model.fit(vectors, vectors, batch_size=50, epochs=10, verbose=0)
print([round(v, 3) for v in log.history["loss"]])
codes = keras.Model(inputs, bits).predict(vectors, verbose=0)
print("different codes in use:", len(np.unique(np.sign(codes), axis=0)))
