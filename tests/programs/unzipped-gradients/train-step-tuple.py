# fault: unzipped-gradients
"""Variational-style regression: a Keras model with its own train_step, fitted with fit()."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class NoisyRegressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.mean = layers.Dense(1)
        self.log_var = layers.Dense(1)
        self.tracker = keras.metrics.Mean(name="nll")

    def call(self, x):
        h = self.hidden(x)
        return self.mean(h), self.log_var(h)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            mean, log_var = self(x, training=True)
            nll = 0.5 * tf.reduce_mean(log_var + tf.square(y - mean) * tf.exp(-log_var))
        grads = tape.gradient(nll, self.trainable_variables)
        self.optimizer.apply_gradients((grads, self.trainable_variables))
        self.tracker.update_state(nll)
        return {"nll": self.tracker.result()}

    @property
    def metrics(self):
        return [self.tracker]


keras.utils.set_random_seed(65)
rng = np.random.default_rng(65)
x = rng.uniform(-1, 1, size=(200, 2)).astype("float32")
y = (x[:, :1] * 2 + 0.3 * np.abs(x[:, 1:]) * rng.normal(size=(200, 1))).astype("float32")
model = NoisyRegressor()
model.compile(optimizer=keras.optimizers.Adam(0.01))
model.fit(x, y, batch_size=40, epochs=6, verbose=2)
