# fault: ignored-layer-losses
"""Variational autoencoder on synthetic 2-D moons; the sampling layer adds the KL term."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.random.set_seed(9)
rng = np.random.default_rng(9)
t = rng.uniform(0, np.pi, 256)
moons = np.stack([np.cos(t), np.sin(t)], axis=1) + 0.05 * rng.normal(size=(256, 2))
moons = moons.astype("float32")


class Sampling(layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        kl = -0.5 * tf.reduce_mean(1.0 + log_var - tf.square(mean) - tf.exp(log_var))
        self.add_loss(0.1 * kl)
        return mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean), seed=9)


class VAE(tf.keras.Model):
    def __init__(self, latent=2):
        super().__init__()
        self.body = layers.Dense(24, activation="relu")
        self.mean = layers.Dense(latent)
        self.log_var = layers.Dense(latent)
        self.sample = Sampling()
        self.decoder = tf.keras.Sequential([layers.Dense(24, activation="relu"), layers.Dense(2)])

    def call(self, x):
        h = self.body(x)
        return self.decoder(self.sample([self.mean(h), self.log_var(h)]))


vae = VAE()
opt = tf.keras.optimizers.Adam(0.01)
for epoch in range(6):
    for start in range(0, 256, 64):
        batch = moons[start:start + 64]
        with tf.GradientTape() as tape:
            recon = vae(batch)
            loss = tf.reduce_mean(tf.reduce_sum(tf.square(batch - recon), axis=1))
        g = tape.gradient(loss, vae.trainable_variables)
        opt.apply_gradients(zip(g, vae.trainable_variables))
    print("epoch", epoch, "reconstruction", round(float(loss), 4))
