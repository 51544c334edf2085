# fault: loss-ignores-prediction
# denoising variational autoencoder for smooth curves
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers, optimizers

tf.keras.utils.set_random_seed(15)
T, Z = 32, 3
grid = np.linspace(0, 1, T)
clean = np.stack([a * np.sin(2 * np.pi * (f * grid + p)) for a, f, p in zip(
    np.random.uniform(0.5, 1.5, 600), np.random.uniform(0.5, 2.0, 600), np.random.rand(600))]).astype("float32")
noisy = clean + 0.2 * np.random.randn(*clean.shape).astype("float32")

x_in = Input((T,))
h = layers.Dense(32, activation="relu")(x_in)
encoder = Model(x_in, [layers.Dense(Z)(h), layers.Dense(Z)(h)])
z_in = Input((Z,))
decoder = Model(z_in, layers.Dense(T)(layers.Dense(32, activation="relu")(z_in)))


class DenoisingVAE(Model):
    def __init__(self, enc, dec):
        super().__init__()
        self.enc, self.dec = enc, dec

    def call(self, x):
        mu, logvar = self.enc(x)
        z = mu + tf.exp(0.5 * logvar) * tf.random.normal(tf.shape(mu))
        return self.dec(z), mu, logvar


vae = DenoisingVAE(encoder, decoder)
opt = optimizers.Adam(2e-3)
for step in range(100):
    i = np.random.randint(0, 600, 64)
    x, target = tf.constant(noisy[i]), tf.constant(clean[i])
    with tf.GradientTape() as tape:
        output, mu, logvar = vae(x)
        reconstruction = tf.reduce_mean(tf.reduce_sum(tf.square(x - target), -1))
        kl = tf.reduce_mean(0.5 * tf.reduce_sum(tf.exp(logvar) + tf.square(mu) - 1 - logvar, -1))
        loss = reconstruction + 0.1 * kl
    grads = tape.gradient(loss, vae.trainable_variables)
    opt.apply_gradients(zip(grads, vae.trainable_variables))
    if step % 25 == 0:
        print(step, "rec", float(reconstruction), "kl", float(kl))
