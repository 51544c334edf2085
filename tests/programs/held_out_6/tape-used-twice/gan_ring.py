# fault: tape-used-twice
# GAN on a 2-D ring, both networks updated in the same step
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input, LeakyReLU

tf.keras.utils.set_random_seed(5)
LATENT = 4
G = tf.keras.Sequential([Input((LATENT,)), Dense(32), LeakyReLU(), Dense(2)])
D = tf.keras.Sequential([Input((2,)), Dense(32), LeakyReLU(), Dense(1)])
g_opt = tf.keras.optimizers.Adam(1e-3, beta_1=0.5)
d_opt = tf.keras.optimizers.Adam(1e-3, beta_1=0.5)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


def real_batch(n=64):
    ang = np.random.uniform(0, 2 * np.pi, n)
    return np.stack([np.cos(ang), np.sin(ang)], 1).astype("float32") + 0.02 * np.random.randn(n, 2).astype("float32")


def train_step(real):
    noise = tf.random.normal((len(real), LATENT))
    with tf.GradientTape() as tape:
        fake = G(noise, training=True)
        real_logits = D(real, training=True)
        fake_logits = D(fake, training=True)
        d_loss = bce(tf.ones_like(real_logits), real_logits) + bce(tf.zeros_like(fake_logits), fake_logits)
        g_loss = bce(tf.ones_like(fake_logits), fake_logits)
    d_grads = tape.gradient(d_loss, D.trainable_variables)
    g_grads = tape.gradient(g_loss, G.trainable_variables)
    d_opt.apply_gradients(zip(d_grads, D.trainable_variables))
    g_opt.apply_gradients(zip(g_grads, G.trainable_variables))
    return d_loss, g_loss


for it in range(200):
    d, g = train_step(real_batch())
    if it % 50 == 0:
        print(it, float(d), float(g))
