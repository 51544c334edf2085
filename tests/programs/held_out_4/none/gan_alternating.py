# fault: none
# One-dimensional GAN: discriminator and generator take turns, each with its own optimizer.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(106)
NOISE = 4
generator = Sequential([Input((NOISE,)), layers.Dense(24, activation="relu"), layers.Dense(1)], name="generator")
discriminator = Sequential([Input((1,)), layers.Dense(24), layers.LeakyReLU(negative_slope=0.2),
                            layers.Dense(24), layers.LeakyReLU(negative_slope=0.2), layers.Dense(1)], name="discriminator")
g_opt, d_opt = optimizers.Adam(2e-3, beta_1=0.5), optimizers.Adam(2e-3, beta_1=0.5)


def bce(logits, label):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.fill(tf.shape(logits), label), logits=logits))


@tf.function
def d_step(real):
    fake = generator(tf.random.normal((tf.shape(real)[0], NOISE)), training=True)
    with tf.GradientTape() as tape:
        loss = bce(discriminator(real, training=True), 0.9) + bce(discriminator(fake, training=True), 0.0)
    grads = tape.gradient(loss, discriminator.trainable_variables)
    d_opt.apply_gradients(zip(grads, discriminator.trainable_variables))
    return loss


@tf.function
def g_step(n):
    with tf.GradientTape() as tape:
        fake = generator(tf.random.normal((n, NOISE)), training=True)
        loss = bce(discriminator(fake, training=True), 1.0)
    grads = tape.gradient(loss, generator.trainable_variables)
    g_opt.apply_gradients(zip(grads, generator.trainable_variables))
    return loss


rng = np.random.default_rng(106)
for it in range(280):
    real = tf.constant(rng.normal(1.5, 0.6, (64, 1)), tf.float32)
    d_loss = d_step(real)
    if it % 2 == 1:
        g_loss = g_step(tf.constant(64))
    if it % 56 == 55:
        sample = generator(tf.random.normal((500, NOISE))).numpy()
        print(f"it {it + 1} d {float(d_loss):.3f} g {float(g_loss):.3f} mean {sample.mean():.2f} std {sample.std():.2f}")
