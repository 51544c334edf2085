# fault: ignored-layer-losses
# VAE whose sampling layer contributes the KL term, trained with an explicit loop.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
angle = rng.uniform(0, 2 * np.pi, 512)
basis = rng.normal(size=(2, 16))
data = np.stack([np.cos(angle), np.sin(angle)], 1) @ basis + 0.1 * rng.normal(size=(512, 16))
data = data.astype("float32")


class Sampling(layers.Layer):
    def __init__(self, beta=0.05):
        super().__init__()
        self.beta = beta

    def call(self, inputs):
        mean, log_var = inputs
        kl = -0.5 * tf.reduce_sum(1.0 + log_var - tf.square(mean) - tf.exp(log_var), axis=-1)
        self.add_loss(self.beta * tf.reduce_mean(kl))
        return mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))


x_in = keras.Input((16,))
h = layers.Dense(32, activation="relu")(x_in)
mean = layers.Dense(2, name="mean")(h)
log_var = layers.Dense(2, name="log_var")(h)
z = Sampling()([mean, log_var])
h = layers.Dense(32, activation="relu")(z)
vae = keras.Model(x_in, layers.Dense(16)(h))
encoder = keras.Model(x_in, [mean, log_var])
opt = keras.optimizers.Adam(5e-3)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        recon = vae(batch, training=True)
        loss = tf.reduce_mean(tf.reduce_sum(tf.square(batch - recon), axis=-1))
    grads = tape.gradient(loss, vae.trainable_variables)
    opt.apply_gradients(zip(grads, vae.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(512, seed=0).batch(64)
for epoch in range(20):
    value = np.mean([train_step(b).numpy() for b in ds])
    if epoch % 4 == 0:
        m, lv = encoder(data)
        print(f"epoch {epoch:2d} reconstruction {value:.3f} latent std {float(tf.reduce_mean(tf.exp(0.5 * lv))):.3f}")
