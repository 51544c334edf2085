# fault: frozen-python-state
# Learns to forecast, and from the fourth epoch on also to reconstruct, through an annealed second loss.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(74)
rng = np.random.default_rng(74)
past = rng.normal(size=(300, 8)).astype("float32")
future = (past[:, :1] + np.tanh(past[:, 1:2])).astype("float32")


class Forecaster(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = layers.Dense(24, activation="tanh")
        self.forecast = layers.Dense(1)
        self.rebuild = layers.Dense(8)
        self.strength = 0.0
        self.forecast_error = keras.metrics.Mean(name="forecast_error")
        self.rebuild_error = keras.metrics.Mean(name="rebuild_error")

    def call(self, x):
        code = self.encoder(x)
        return self.forecast(code), self.rebuild(code)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            guess, copy = self(x, training=True)
            forecast_error = tf.reduce_mean(tf.square(guess - y))
            rebuild_error = tf.reduce_mean(tf.square(copy - x))
            loss = forecast_error + self.strength * rebuild_error
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.forecast_error.update_state(forecast_error)
        self.rebuild_error.update_state(rebuild_error)
        return {"forecast": self.forecast_error.result(), "rebuild": self.rebuild_error.result()}

    @property
    def metrics(self):
        return [self.forecast_error, self.rebuild_error]


def anneal(epoch, logs=None):
    model.strength = min(1.0, max(0.0, (epoch - 2) / 2))


model = Forecaster()
model.compile(optimizer=keras.optimizers.Adam(0.01))
log = model.fit(past, future, batch_size=50, epochs=10, verbose=0,
                callbacks=[keras.callbacks.LambdaCallback(on_epoch_begin=anneal)])
print({k: [round(float(v), 3) for v in vs] for k, vs in log.history.items()})
