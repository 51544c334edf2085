# fault: unwatched-tensor
"""WGAN-GP critic on 2-D points: real samples from a ring, fake samples from a Gaussian."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input

tf.keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)

critic = Sequential([Input((2,)), layers.Dense(32), layers.LeakyReLU(), layers.Dense(1)])
critic_opt = tf.keras.optimizers.Adam(1e-3, beta_1=0.5, beta_2=0.9)


def ring(n):
    angle = rng.uniform(0, 2 * np.pi, size=n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype("float32") * 2


def gradient_penalty(real, fake):
    eps = tf.random.uniform([tf.shape(real)[0], 1])
    mixed = eps * real + (1.0 - eps) * fake
    with tf.GradientTape() as gp_tape:
        value = critic(mixed, training=True)
    slope = gp_tape.gradient(value, mixed)
    norm = tf.sqrt(tf.reduce_sum(tf.square(slope), axis=1) + 1e-12)
    return tf.reduce_mean((norm - 1.0) ** 2)


def critic_step(real, fake):
    with tf.GradientTape() as tape:
        wasserstein = tf.reduce_mean(critic(fake)) - tf.reduce_mean(critic(real))
        loss = wasserstein + 10.0 * gradient_penalty(real, fake)
    grads = tape.gradient(loss, critic.trainable_variables)
    critic_opt.apply_gradients(zip(grads, critic.trainable_variables))
    return -wasserstein


for it in range(40):
    real_batch = tf.constant(ring(64))
    fake_batch = tf.random.normal([64, 2])
    distance = critic_step(real_batch, fake_batch)
    if it % 10 == 0:
        print(f"iteration {it}: distance estimate {float(distance):.3f}")
