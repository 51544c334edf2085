# fault: frozen-python-state
# beta-VAE on digits with KL annealing
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(90)


def strokes(n=1800, seed=0):
    rs = np.random.RandomState(seed)
    r, c = np.mgrid[0:8, 0:8]
    label = rs.randint(0, 10, n)
    tilt = label * np.pi / 10 + 0.08 * rs.randn(n)
    dist = (r - 3.5) * np.cos(tilt)[:, None, None] + (c - 3.5) * np.sin(tilt)[:, None, None]
    image = np.exp(-dist ** 2 / 1.5) + 0.1 * rs.randn(n, 8, 8)
    return np.clip(image, 0, 1).astype("float32"), label.astype("int64")


X = strokes()[0].reshape(-1, 64)


class BetaVAE(keras.Model):
    def __init__(self, latent=4):
        super().__init__()
        self.latent = latent
        self.beta = 0.0
        self.enc = keras.Sequential([keras.layers.Dense(48, activation="relu"), keras.layers.Dense(2 * latent)])
        self.dec = keras.Sequential([keras.layers.Dense(48, activation="relu"), keras.layers.Dense(64)])

    def call(self, x):
        mu, logvar = tf.split(self.enc(x), 2, axis=-1)
        z = mu + tf.exp(0.5 * logvar) * tf.random.normal(tf.shape(mu))
        return self.dec(z), mu, logvar


vae = BetaVAE()
vae(X[:1])
opt = keras.optimizers.Adam(2e-3)


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        rec, mu, logvar = vae(x)
        nll = tf.reduce_mean(tf.reduce_sum(tf.square(x - rec), -1)) * 5.0
        kl = tf.reduce_mean(0.5 * tf.reduce_sum(tf.exp(logvar) + mu ** 2 - 1.0 - logvar, -1))
        loss = nll + vae.beta * kl
    opt.apply_gradients(zip(tape.gradient(loss, vae.trainable_variables), vae.trainable_variables))
    return nll, kl


WARMUP = 60
ds = tf.data.Dataset.from_tensor_slices(X).shuffle(1800, seed=1).batch(64, drop_remainder=True).repeat(8)
for n, x in enumerate(ds):
    vae.beta = min(1.0, n / WARMUP)
    nll, kl = step(x)
    if n % 40 == 0:
        print(f"step {n} beta {vae.beta:.2f} nll {float(nll):.2f} kl {float(kl):.2f}")
