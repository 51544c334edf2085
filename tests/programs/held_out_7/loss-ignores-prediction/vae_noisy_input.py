# fault: loss-ignores-prediction
# Denoising VAE on 2-D ring images
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
yy, xx = np.mgrid[-1:1:10j, -1:1:10j]


def rings(n):
    r = rng.uniform(0.3, 0.9, (n, 1, 1))
    c = rng.uniform(-0.2, 0.2, (n, 2, 1, 1))
    d = np.sqrt((xx - c[:, 0]) ** 2 + (yy - c[:, 1]) ** 2)
    return np.exp(-((d - r) / 0.15) ** 2).reshape(n, -1).astype("float32")


class DVAE(keras.Model):
    def __init__(self, z_dim=4):
        super().__init__()
        self.enc = keras.Sequential([layers.Dense(48, activation="relu"), layers.Dense(2 * z_dim)])
        self.dec = keras.Sequential([layers.Dense(48, activation="relu"), layers.Dense(100)])
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.rec_tracker = keras.metrics.Mean(name="rec")

    @property
    def metrics(self):
        return [self.loss_tracker, self.rec_tracker]

    def call(self, x, training=False):
        mu, logvar = tf.split(self.enc(x), 2, axis=-1)
        eps = tf.random.normal(tf.shape(mu)) if training else 0.0
        return self.dec(mu + tf.exp(0.5 * logvar) * eps), mu, logvar

    def train_step(self, x_clean):
        x_noisy = x_clean + 0.2 * tf.random.normal(tf.shape(x_clean))
        with tf.GradientTape() as tape:
            x_hat, mu, logvar = self(x_noisy, training=True)
            rec = tf.reduce_mean(tf.reduce_sum(tf.square(x_clean - x_noisy), axis=1))
            kl = -0.5 * tf.reduce_mean(tf.reduce_sum(1 + logvar - mu ** 2 - tf.exp(logvar), axis=1))
            loss = rec + 0.1 * kl
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.rec_tracker.update_state(rec)
        return {m.name: m.result() for m in self.metrics}


data = rings(640)
vae = DVAE()
vae(data[:2])
vae.compile(optimizer=keras.optimizers.Adam(3e-3))
vae.fit(data, epochs=10, batch_size=64, verbose=2)
print("clean reconstruction error", float(tf.reduce_mean(tf.reduce_sum((vae(data)[0] - data) ** 2, 1))))
