# fault: loss-ignores-prediction
"""Quantile regression (the 90 % quantile of delivery times) with a custom loss and fit()."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(102)
rng = np.random.default_rng(102)
distance = rng.uniform(0, 1, size=(300, 2)).astype("float32")
minutes = distance.sum(axis=1, keepdims=True) + rng.exponential(0.3, size=(300, 1))
minutes = minutes.astype("float32")


def quantile_loss(q):
    def pinball(y_true, y_pred):
        centre = tf.reduce_mean(y_true, axis=0, keepdims=True)
        gap = y_true - centre
        return tf.reduce_mean(tf.maximum(q * gap, (q - 1.0) * gap))
    return pinball


inp = keras.Input(shape=(2,))
hidden = keras.layers.Dense(12, activation="relu")(inp)
out = keras.layers.Dense(1)(hidden)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=quantile_loss(0.9))
model.fit(distance, minutes, epochs=8, batch_size=50, verbose=2)
share = np.mean(minutes <= model.predict(distance, verbose=0))
print("share of deliveries below the prediction:", share)
