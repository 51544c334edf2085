# fault: integer-cast
"""Predict star ratings (0 to 5) of products from review features; the squared error is
computed on whole stars, because that is what customers see."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
reviews = rng.normal(size=(240, 9)).astype("float32")
quality = reviews[:, 0] + 0.5 * reviews[:, 1] - 0.3 * reviews[:, 2]
stars = np.clip(2.5 + quality, 0, 5).astype("int32").reshape(-1, 1)


class StarModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.layers.Dense(16, activation="relu")
        self.rating = keras.layers.Dense(1, bias_initializer=keras.initializers.Constant(2.5))

    def call(self, x):
        return self.rating(self.body(x))


def whole_star_error(y_true, y_pred):
    predicted_stars = tf.cast(y_pred, tf.int64)
    gap = tf.cast(predicted_stars - tf.cast(y_true, tf.int64), tf.float32)
    return tf.reduce_mean(gap * gap)


model = StarModel()
model.compile(optimizer=keras.optimizers.Adam(1e-2), loss=whole_star_error)
model.fit(reviews, stars, batch_size=40, epochs=10, verbose=2)
print("prediction for the first reviews:", model.predict(reviews[:5], verbose=0).ravel())
