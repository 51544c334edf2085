# fault: unknown-variable
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)


def real_batch(n=64):
    angle = rng.uniform(0, 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], 1).astype("float32")


G = keras.Sequential([keras.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(2)])
D = keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
adam = keras.optimizers.Adam(1e-3, beta_1=0.5)
bce = keras.losses.BinaryCrossentropy(from_logits=True)

for it in range(300):
    real = real_batch()
    noise = tf.random.normal((64, 4))
    with tf.GradientTape() as tape:
        d_real, d_fake = D(real), D(G(noise))
        d_loss = bce(tf.ones_like(d_real), d_real) + bce(tf.zeros_like(d_fake), d_fake)
    adam.apply_gradients(zip(tape.gradient(d_loss, D.trainable_variables), D.trainable_variables))

    with tf.GradientTape() as tape:
        fooled = D(G(tf.random.normal((64, 4))))
        g_loss = bce(tf.ones_like(fooled), fooled)
    adam.apply_gradients(zip(tape.gradient(g_loss, G.trainable_variables), G.trainable_variables))

    if it % 50 == 0:
        r = np.linalg.norm(G(noise).numpy(), axis=1)
        print(it, float(d_loss), float(g_loss), "radius", r.mean(), "+-", r.std())
