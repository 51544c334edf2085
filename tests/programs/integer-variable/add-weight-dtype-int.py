# fault: integer-variable
"""Score cards: every answer category gets points (a learned table), the sum of points feeds a
logistic output. Trained with fit()."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(54)


class PointTable(keras.layers.Layer):
    def __init__(self, n_questions, n_answers):
        super().__init__()
        self.n_questions, self.n_answers = n_questions, n_answers

    def build(self, input_shape):
        self.points = self.add_weight(
            name="points", shape=(self.n_questions, self.n_answers),
            initializer="ones", dtype="int32", trainable=True)

    def call(self, one_hot_answers):
        points = tf.cast(self.points, tf.float32)
        return tf.reduce_sum(one_hot_answers * points, axis=2)


rng = np.random.default_rng(54)
answers = rng.integers(0, 4, size=(300, 5))
true_points = rng.integers(-3, 4, size=(5, 4))
total = true_points[np.arange(5), answers].sum(axis=1)
approved = (total > np.median(total)).astype("float32")
one_hot = np.eye(4, dtype="float32")[answers]

model = keras.Sequential([PointTable(5, 4), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.SGD(0.05), loss="binary_crossentropy",
              metrics=["accuracy"])
model.fit(one_hot, approved, batch_size=30, epochs=6, verbose=2)
