# fault: none
# VAE whose KL weight is zero for the first epochs and is then raised by a callback (a variable)
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(210)
rng = np.random.default_rng(210)
t = np.linspace(0, 1, 20)
data = (np.sin(2 * np.pi * (rng.uniform(0.5, 2, (800, 1)) * t + rng.uniform(0, 1, (800, 1))))
        + 0.05 * rng.normal(size=(800, 20))).astype("float32")


class VAE(keras.Model):
    def __init__(self, z=3):
        super().__init__()
        self.e1 = layers.Dense(40, activation="tanh")
        self.mu, self.lv = layers.Dense(z), layers.Dense(z)
        self.d1, self.d2 = layers.Dense(40, activation="tanh"), layers.Dense(20)
        self.beta = self.add_weight(name="beta", shape=(), initializer="zeros", trainable=False)
        self.rec_m, self.kl_m = keras.metrics.Mean(name="rec"), keras.metrics.Mean(name="kl")

    def call(self, x, training=False):
        h = self.e1(x)
        mu, lv = self.mu(h), self.lv(h)
        z = mu + tf.exp(0.5 * lv) * tf.random.normal(tf.shape(mu)) if training else mu
        return self.d2(self.d1(z)), mu, lv

    def train_step(self, x):
        with tf.GradientTape() as tape:
            x_hat, mu, lv = self(x, training=True)
            rec = tf.reduce_mean(tf.reduce_sum((x - x_hat) ** 2, -1))
            kl = tf.reduce_mean(tf.reduce_sum(0.5 * (mu ** 2 + tf.exp(lv) - 1.0 - lv), -1))
            loss = rec + self.beta * kl
        g = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(g, self.trainable_variables))
        self.rec_m.update_state(rec)
        self.kl_m.update_state(kl)
        return {"rec": self.rec_m.result(), "kl": self.kl_m.result(), "beta": self.beta.value}


class Anneal(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.beta.assign(min(0.2, max(0.0, 0.04 * (epoch - 3))))


vae = VAE()
vae(data[:2])
vae.compile(optimizer=keras.optimizers.Adam(4e-3))
h = vae.fit(data, batch_size=50, epochs=10, verbose=0, callbacks=[Anneal()])
for e in range(0, 10, 3):
    print(e + 1, {k: round(float(v[e]), 3) for k, v in h.history.items()})
