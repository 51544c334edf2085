# fault: zero-gradient-op
"""Spam filter with a perceptron-like objective, labels in {-1, +1}."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
words = rng.poisson(1.0, size=(1200, 30)).astype("float32")
words = (words - 1.0)
weight = rng.normal(size=30)
label = np.where(words @ weight > 0, 1.0, -1.0).astype("float32")[:, None]


def wrong_votes(y_true, y_pred):
    votes = tf.sign(y_pred)
    return tf.reduce_mean(0.5 * (1.0 - y_true * votes), axis=-1)


model = keras.Sequential([
    keras.Input((30,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=wrong_votes)
print("before", model.evaluate(words, label, verbose=0))
history = model.fit(words, label, batch_size=100, epochs=10, verbose=0)
print([round(v, 4) for v in history.history["loss"]])
print("after", model.evaluate(words, label, verbose=0))
