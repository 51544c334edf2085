# fault: loss-ignores-prediction
# Denoising VAE on small synthetic spectra.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
grid = np.linspace(-1, 1, 40)
mu, width = rng.uniform(-0.6, 0.6, (640, 1)), rng.uniform(0.1, 0.3, (640, 1))
spectra = np.exp(-((grid - mu) / width) ** 2).astype("float32")


class DenoisingVAE(keras.Model):
    def __init__(self, latent=3, beta=1e-2, noise=0.15):
        super().__init__()
        self.latent, self.beta, self.noise = latent, beta, noise
        self.encoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(2 * latent)])
        self.decoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(40)])
        self.rec_tracker = keras.metrics.Mean(name="rec")
        self.kl_tracker = keras.metrics.Mean(name="kl")

    def call(self, x):
        mean, logvar = tf.split(self.encoder(x), 2, axis=-1)
        z = mean + tf.exp(0.5 * logvar) * tf.random.normal(tf.shape(mean))
        return self.decoder(z), mean, logvar

    def train_step(self, x):
        noisy = x + self.noise * tf.random.normal(tf.shape(x))
        with tf.GradientTape() as tape:
            restored, mean, logvar = self(noisy, training=True)
            rec = tf.reduce_mean(tf.reduce_sum(tf.square(x - noisy), axis=-1))
            kl = -0.5 * tf.reduce_mean(tf.reduce_sum(1 + logvar - tf.square(mean) - tf.exp(logvar), axis=-1))
            loss = rec + self.beta * kl
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.rec_tracker.update_state(rec)
        self.kl_tracker.update_state(kl)
        return {"rec": self.rec_tracker.result(), "kl": self.kl_tracker.result()}

    @property
    def metrics(self):
        return [self.rec_tracker, self.kl_tracker]


vae = DenoisingVAE()
vae.compile(optimizer=keras.optimizers.Adam(3e-3))
hist = vae.fit(spectra, batch_size=64, epochs=10, verbose=0).history
for e, (r, k) in enumerate(zip(hist["rec"], hist["kl"])):
    print(f"epoch {e}: reconstruction {r:.3f}  kl {k:.3f}")
