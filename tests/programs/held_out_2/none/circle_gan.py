# fault: none
# Generative adversarial network for points on a circle, trained with two tapes and two optimizers.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
BATCH, NOISE = 128, 4
G = keras.Sequential([keras.Input((NOISE,)), layers.Dense(32, activation="relu"), layers.Dense(2)])
D = keras.Sequential([keras.Input((2,)), layers.Dense(32), layers.LeakyReLU(negative_slope=0.2),
                      layers.Dense(32), layers.LeakyReLU(negative_slope=0.2), layers.Dense(1)])
opt_g, opt_d = keras.optimizers.Adam(3e-3, beta_1=0.5), keras.optimizers.Adam(3e-3, beta_1=0.5)
opt_g.build(G.trainable_variables)
opt_d.build(D.trainable_variables)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def play(real):
    z = tf.random.normal((BATCH, NOISE))
    with tf.GradientTape() as tape_d, tf.GradientTape() as tape_g:
        fake = G(z, training=True)
        on_real, on_fake = D(real, training=True), D(fake, training=True)
        d_loss = bce(tf.ones_like(on_real), on_real) + bce(tf.zeros_like(on_fake), on_fake)
        g_loss = bce(tf.ones_like(on_fake), on_fake)
    opt_d.apply_gradients(zip(tape_d.gradient(d_loss, D.trainable_variables), D.trainable_variables))
    opt_g.apply_gradients(zip(tape_g.gradient(g_loss, G.trainable_variables), G.trainable_variables))
    return d_loss, g_loss


for step in range(150):
    angle = rng.uniform(0, 2 * np.pi, BATCH)
    real = np.stack([2 + np.cos(angle), np.sin(angle)], 1).astype("float32")
    d_loss, g_loss = play(real)
    if step % 30 == 0 or step == 149:
        centre = G(tf.random.normal((256, NOISE))).numpy().mean(0)
        print(f"step {step}: D {float(d_loss):.3f} G {float(g_loss):.3f} centre of the fakes {centre.round(2)}")
