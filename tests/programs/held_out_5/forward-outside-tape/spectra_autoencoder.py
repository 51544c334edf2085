# fault: forward-outside-tape
"""Compress 32-channel spectra into 3 numbers and reconstruct them."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

rng = np.random.default_rng(4)
keras.utils.set_random_seed(4)

grid = np.linspace(0, 1, 32)
centers = rng.uniform(0.2, 0.8, size=(600, 1))
widths = rng.uniform(0.05, 0.15, size=(600, 1))
spectra = np.exp(-((grid - centers) / widths) ** 2).astype("float32")
spectra += 0.01 * rng.normal(size=spectra.shape).astype("float32")

encoder = keras.Sequential([
    keras.Input((32,)),
    layers.Dense(24, activation="tanh"),
    layers.Dense(3),
], name="encoder")
decoder = keras.Sequential([
    keras.Input((3,)),
    layers.Dense(24, activation="tanh"),
    layers.Dense(32),
], name="decoder")

optimizer = keras.optimizers.Adam(5e-3)
variables = encoder.trainable_variables + decoder.trainable_variables
dataset = tf.data.Dataset.from_tensor_slices(spectra).shuffle(600, seed=1).batch(100)

for epoch in range(20):
    losses = []
    for batch in dataset:
        code = encoder(batch, training=True)
        with tf.GradientTape() as tape:
            recon = decoder(code, training=True)
            loss = tf.reduce_mean(tf.square(recon - batch))
        grads = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(grads, variables))
        losses.append(float(loss))
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1:3d}  reconstruction {np.mean(losses):.5f}")
