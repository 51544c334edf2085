# fault: none
"""GAN for a shifted two-dimensional Gaussian: two tapes, two optimizers, one compiled step."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(208)
rng = np.random.default_rng(208)
generator = tf.keras.Sequential(
    [tf.keras.Input((4,)), layers.Dense(16, activation="tanh"), layers.Dense(2)])
discriminator = tf.keras.Sequential(
    [tf.keras.Input((2,)), layers.Dense(24), layers.LeakyReLU(), layers.Dense(1)])
g_optimizer = tf.keras.optimizers.Adam(0.01, beta_1=0.5)
d_optimizer = tf.keras.optimizers.Adam(0.01, beta_1=0.5)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(real):
    noise = tf.random.normal((64, 4))
    with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
        fake = generator(noise, training=True)
        real_logits = discriminator(real, training=True)
        fake_logits = discriminator(fake, training=True)
        d_loss = 0.5 * (bce(tf.ones_like(real_logits), real_logits)
                        + bce(tf.zeros_like(fake_logits), fake_logits))
        g_loss = bce(tf.ones_like(fake_logits), fake_logits)
    g_grads = g_tape.gradient(g_loss, generator.trainable_variables)
    d_grads = d_tape.gradient(d_loss, discriminator.trainable_variables)
    g_optimizer.apply_gradients(zip(g_grads, generator.trainable_variables))
    d_optimizer.apply_gradients(zip(d_grads, discriminator.trainable_variables))
    return g_loss, d_loss


centre = np.array([2.0, -1.5])
for step in range(150):
    real = (centre + 0.5 * rng.normal(size=(64, 2))).astype("float32")
    g_loss, d_loss = train_step(tf.constant(real))
    if step % 30 == 0:
        mean = tf.reduce_mean(generator(tf.random.normal((256, 4))), axis=0).numpy()
        print(f"step {step}: G {g_loss:.3f} D {d_loss:.3f} mean {mean.round(2)}")
mean = tf.reduce_mean(generator(tf.random.normal((256, 4))), axis=0).numpy()
print("distance to the centre:", np.linalg.norm(mean - centre))
