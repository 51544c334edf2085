# fault: variables-read-before-build
"""Denoising autoencoder made of two Sequential models; the parameters of both are collected
once."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, Input, layers

tf.keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
mixing = rng.normal(size=(3, 12))
clean = np.tanh(rng.normal(size=(300, 3)) @ mixing).astype("float32")

encoder = Sequential([Input((12,)), layers.Dense(10, activation="tanh"), layers.Dense(3)])
decoder = Sequential([layers.Dense(10, activation="tanh"), layers.Dense(12)])
params = encoder.trainable_variables + decoder.trainable_variables
optimizer = tf.keras.optimizers.Adam(0.01)


def step(batch):
    noisy = batch + 0.1 * tf.random.normal(batch.shape)
    with tf.GradientTape() as tape:
        restored = decoder(encoder(noisy, training=True), training=True)
        loss = tf.reduce_mean(tf.square(restored - batch))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads, params))
    return float(loss)


for epoch in range(8):
    values = [step(part) for part in np.split(rng.permutation(clean), 6)]
    print("epoch", epoch, "loss", np.mean(values))
