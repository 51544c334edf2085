# fault: unknown-variable
"""Tiny GAN on a 1-D Gaussian; generator and discriminator take turns."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)
real = (2.0 + 0.5 * rng.normal(size=(256, 1))).astype("float32")

generator = tf.keras.Sequential([
    tf.keras.Input((3,)), tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
discriminator = tf.keras.Sequential([
    tf.keras.Input((1,)), tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(2e-3)

for step in range(30):
    noise = rng.normal(size=(64, 3)).astype("float32")
    batch = real[rng.integers(0, 256, 64)]
    with tf.GradientTape() as tape:
        fake = generator(noise)
        on_real, on_fake = discriminator(batch), discriminator(fake)
        d_loss = bce(tf.ones_like(on_real), on_real) + bce(tf.zeros_like(on_fake), on_fake)
    d_grads = tape.gradient(d_loss, discriminator.trainable_variables)
    optimizer.apply_gradients(zip(d_grads, discriminator.trainable_variables))

    with tf.GradientTape() as tape:
        on_fake = discriminator(generator(noise))
        g_loss = bce(tf.ones_like(on_fake), on_fake)
    g_grads = tape.gradient(g_loss, generator.trainable_variables)
    optimizer.apply_gradients(zip(g_grads, generator.trainable_variables))
    print(step, float(d_loss), float(g_loss))
