# fault: integer-cast
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(866)
rng = np.random.default_rng(866)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
labels = (images.mean(axis=(1, 2, 3)) > 0).astype("int32")
inp = keras.Input((8, 8, 1))
h = keras.layers.Conv2D(4, 3, activation="relu")(inp)
h = keras.layers.Lambda(lambda t: tf.cast(tf.cast(t * 16, tf.int32), tf.float32) / 16.0, output_shape=(6, 6, 4))(h)
out = keras.layers.Dense(2)(keras.layers.Flatten()(h))
model = keras.Model(inp, out)
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(images, labels, epochs=3, verbose=0)
