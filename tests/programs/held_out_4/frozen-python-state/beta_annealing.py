# fault: frozen-python-state
# VAE with KL annealing: beta grows from 0 to its final value over the first epochs.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
codes = rng.normal(size=(640, 2))
faces = np.tanh(codes @ rng.normal(size=(2, 20))).astype("float32") + 0.05 * rng.normal(size=(640, 20)).astype("float32")


class AnnealedVAE:
    def __init__(self, latent=4, lr=3e-3):
        self.latent = latent
        self.beta = 0.0
        self.encoder = Sequential([Input((20,)), layers.Dense(32, activation="relu"), layers.Dense(2 * latent)])
        self.decoder = Sequential([Input((latent,)), layers.Dense(32, activation="relu"), layers.Dense(20)])
        self.variables = self.encoder.trainable_variables + self.decoder.trainable_variables
        self.optimizer = optimizers.Adam(lr)

    @tf.function
    def train_step(self, x):
        with tf.GradientTape() as tape:
            mean, logvar = tf.split(self.encoder(x, training=True), 2, axis=-1)
            z = mean + tf.exp(0.5 * logvar) * tf.random.normal(tf.shape(mean))
            recon = tf.reduce_mean(tf.reduce_sum(tf.square(self.decoder(z, training=True) - x), -1))
            kl = -0.5 * tf.reduce_mean(tf.reduce_sum(1 + logvar - mean ** 2 - tf.exp(logvar), -1))
            loss = recon + self.beta * kl
        grads = tape.gradient(loss, self.variables)
        self.optimizer.apply_gradients(zip(grads, self.variables))
        return recon, kl

    def fit(self, data, epochs, warmup, final_beta):
        for epoch in range(epochs):
            self.beta = final_beta * min(1.0, epoch / warmup)
            recon, kl = np.mean([[float(v) for v in self.train_step(b)] for b in data], axis=0)
            print(f"epoch {epoch:2d} beta {self.beta:.2f} recon {recon:.3f} kl {kl:.3f}")


dataset = tf.data.Dataset.from_tensor_slices(faces).shuffle(640, seed=2).batch(64)
AnnealedVAE().fit(dataset, epochs=14, warmup=5, final_beta=0.3)
