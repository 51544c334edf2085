# fault: variables-read-before-build
# Denoising autoencoder for short spectra, custom training loop.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)
axis = np.linspace(0, 1, 32)
peaks = rng.uniform(0.1, 0.9, (600, 2))
clean = np.exp(-((axis[None, None] - peaks[..., None]) ** 2) / 0.004).sum(1).astype("float32")
noisy = (clean + rng.normal(0, 0.1, clean.shape)).astype("float32")


class Trainer:
    def __init__(self, lr=3e-3):
        self.encoder = Sequential([Input((32,)), layers.Dense(32, activation="relu"), layers.Dense(8)])
        self.decoder = Sequential([layers.Dense(32, activation="relu"), layers.Dense(32)])
        self.params = self.encoder.trainable_variables + self.decoder.trainable_variables
        self.optimizer = optimizers.Adam(lr)

    def reconstruct(self, x):
        return self.decoder(self.encoder(x))

    def step(self, x, target):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(self.reconstruct(x), target))
        grads = tape.gradient(loss, self.params)
        self.optimizer.apply_gradients(zip(grads, self.params))
        return loss


trainer = Trainer()
ds = tf.data.Dataset.from_tensor_slices((noisy, clean)).shuffle(600, seed=3).batch(50).repeat(8)
for i, (x, target) in enumerate(ds):
    loss = trainer.step(x, target)
    if i % 12 == 0:
        print(f"step {i:3d} mse {float(loss):.4f}")
