# fault: none
# WGAN-GP on a two-dimensional mixture, three critic updates per generator update
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input

tf.keras.utils.set_random_seed(214)
rng = np.random.default_rng(214)
Z, B, N_CRITIC, GP = 4, 64, 3, 5.0

gen = Sequential([Input((Z,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"),
                  layers.Dense(2)])
critic = Sequential([Input((2,)), layers.Dense(32), layers.LeakyReLU(), layers.Dense(32), layers.LeakyReLU(),
                     layers.Dense(1, use_bias=False)])
g_opt = tf.keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.9)
c_opt = tf.keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.9)


def real():
    k = rng.integers(0, 3, B)
    c = np.array([[1.0, 0.0], [-0.7, 0.7], [-0.4, -0.9]])[k]
    return tf.constant(c + 0.08 * rng.normal(size=(B, 2)), tf.float32)


@tf.function
def critic_step(x):
    fake = gen(tf.random.normal((B, Z)), training=True)
    eps = tf.random.uniform((B, 1))
    mid = eps * x + (1.0 - eps) * fake
    with tf.GradientTape() as tape:
        w = tf.reduce_mean(critic(x, training=True)) - tf.reduce_mean(critic(fake, training=True))
        with tf.GradientTape() as inner:
            inner.watch(mid)
            score = critic(mid, training=True)
        slope = tf.sqrt(tf.reduce_sum(inner.gradient(score, mid) ** 2, axis=1) + 1e-12)
        loss = -w + GP * tf.reduce_mean((slope - 1.0) ** 2)
    c_opt.apply_gradients(zip(tape.gradient(loss, critic.trainable_variables), critic.trainable_variables))
    return w


@tf.function
def generator_step():
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(critic(gen(tf.random.normal((B, Z)), training=True), training=True))
    g_opt.apply_gradients(zip(tape.gradient(loss, gen.trainable_variables), gen.trainable_variables))
    return loss


for it in range(1, 241):
    w = critic_step(real())
    if it % N_CRITIC == 0:
        generator_step()
    if it % 40 == 0:
        s = gen(tf.random.normal((300, Z))).numpy()
        print(it, "wasserstein", round(float(w), 3), "sample mean", s.mean(0).round(2), "std", s.std(0).round(2))
