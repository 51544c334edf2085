# fault: double-softmax
"""Five-class classifier of standardised lab values with Keras fit() and a cross-entropy from
tf.nn."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(107)
rng = np.random.default_rng(107)
centres = 2.0 * rng.normal(size=(5, 8))
diagnosis = rng.integers(0, 5, size=400)
values = (centres[diagnosis] + rng.normal(size=(400, 8)))
values = ((values - values.mean(0)) / values.std(0)).astype("float32")


class DiagnosisModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(32, activation="relu")
        self.probabilities = layers.Dense(5, activation="softmax")

    def call(self, x):
        return self.probabilities(self.hidden(x))


def cross_entropy(y_true, y_pred):
    labels = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=y_pred)


model = DiagnosisModel()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss=cross_entropy)
model.fit(values, diagnosis, batch_size=50, epochs=8, verbose=2)
