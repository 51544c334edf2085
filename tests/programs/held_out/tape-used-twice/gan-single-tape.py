# fault: tape-used-twice
"""A minimal GAN for a one-dimensional Gaussian, both networks updated in the same step."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(30)
rng = np.random.RandomState(30)
NOISE = 4


def mlp(n_in, n_hidden, n_out):
    return tf.keras.Sequential([
        tf.keras.Input((n_in,)),
        tf.keras.layers.Dense(n_hidden, activation="relu"),
        tf.keras.layers.Dense(n_out),
    ])


G = mlp(NOISE, 16, 1)
D = mlp(1, 16, 1)
g_opt = tf.keras.optimizers.Adam(1e-3)
d_opt = tf.keras.optimizers.Adam(1e-3)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(real):
    noise = tf.random.normal((tf.shape(real)[0], NOISE))
    with tf.GradientTape() as tape:
        fake = G(noise, training=True)
        real_logits = D(real, training=True)
        fake_logits = D(fake, training=True)
        d_loss = (bce(tf.ones_like(real_logits), real_logits)
                  + bce(tf.zeros_like(fake_logits), fake_logits))
        g_loss = bce(tf.ones_like(fake_logits), fake_logits)
    d_grads = tape.gradient(d_loss, D.trainable_variables)
    g_grads = tape.gradient(g_loss, G.trainable_variables)
    d_opt.apply_gradients(zip(d_grads, D.trainable_variables))
    g_opt.apply_gradients(zip(g_grads, G.trainable_variables))
    return d_loss, g_loss


for step in range(60):
    sample = (2.0 + 0.5 * rng.randn(64, 1)).astype("float32")
    d_loss, g_loss = train_step(tf.constant(sample))
    if step % 20 == 0:
        print(step, float(d_loss), float(g_loss))
