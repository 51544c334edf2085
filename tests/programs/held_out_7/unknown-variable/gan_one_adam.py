# fault: unknown-variable
# GAN on a ring of gaussians, one Adam for both networks ("they have the same hyper-parameters")
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
Z, BATCH = 4, 64


def real_batch():
    a = rng.integers(0, 8, BATCH) * np.pi / 4
    pts = np.stack([np.cos(a), np.sin(a)], 1) + 0.05 * rng.normal(size=(BATCH, 2))
    return tf.constant(pts, tf.float32)


generator = tf.keras.Sequential([
    tf.keras.Input((Z,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(2)])
discriminator = tf.keras.Sequential([
    tf.keras.Input((2,)), layers.Dense(32), layers.LeakyReLU(negative_slope=0.2),
    layers.Dense(32), layers.LeakyReLU(negative_slope=0.2), layers.Dense(1)])

bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
adam = tf.keras.optimizers.Adam(1e-3, beta_1=0.5)


def train_discriminator(real):
    fake = generator(tf.random.normal((BATCH, Z)))
    with tf.GradientTape() as tape:
        dr, df = discriminator(real), discriminator(fake)
        loss = bce(tf.ones_like(dr), dr) + bce(tf.zeros_like(df), df)
    grads = tape.gradient(loss, discriminator.trainable_variables)
    adam.apply_gradients(zip(grads, discriminator.trainable_variables))
    return loss


def train_generator():
    with tf.GradientTape() as tape:
        df = discriminator(generator(tf.random.normal((BATCH, Z))))
        loss = bce(tf.ones_like(df), df)
    grads = tape.gradient(loss, generator.trainable_variables)
    adam.apply_gradients(zip(grads, generator.trainable_variables))
    return loss


for step in range(100):
    d_loss = train_discriminator(real_batch())
    g_loss = train_generator()
    if step % 20 == 0:
        print(step, float(d_loss), float(g_loss))
