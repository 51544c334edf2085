# fault: none
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
z = rng.normal(size=(1000, 2))
X = (np.tanh(z @ rng.normal(size=(2, 10))) + 0.05 * rng.normal(size=(1000, 10))).astype("float32")


class VAE(keras.Model):
    def __init__(self):
        super().__init__()
        self.enc = keras.Sequential([keras.Input((10,)), layers.Dense(32, activation="relu"), layers.Dense(4)])
        self.dec = keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), layers.Dense(10)])
        self.beta = keras.Variable(0.0, trainable=False, name="beta")
        self.tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.tracker]

    def elbo_terms(self, x):
        mu, lv = tf.split(self.enc(x), 2, axis=1)
        sample = mu + tf.exp(0.5 * lv) * tf.random.normal(tf.shape(mu))
        rec = tf.reduce_sum(tf.square(self.dec(sample) - x), 1)
        kl = 0.5 * tf.reduce_sum(tf.square(mu) + tf.exp(lv) - lv - 1.0, 1)
        return tf.reduce_mean(rec), tf.reduce_mean(kl)

    def train_step(self, x):
        self.beta.assign(tf.minimum(0.02, self.beta + 0.0002))
        with tf.GradientTape() as tape:
            rec, kl = self.elbo_terms(x)
            loss = rec + self.beta * kl
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result(), "rec": rec, "kl": kl}


vae = VAE()
vae.compile(optimizer=keras.optimizers.Adam(0.005))
h = vae.fit(X, batch_size=100, epochs=25, verbose=0).history
for e in range(0, 25, 6):
    print(e, "loss", round(h["loss"][e], 4))
