# fault: incomplete-variable-list
"""Autoencoder as two Keras models, an encoder and a decoder, for two-dimensional codes of 10
channels."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
channels = (rng.normal(size=(320, 2)) @ rng.normal(size=(2, 10))).astype("float32")

encoder = keras.Sequential([
    keras.Input((10,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(2)],
    name="encoder")
decoder = keras.Sequential([
    keras.Input((2,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(10)],
    name="decoder")
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        reconstruction = decoder(encoder(batch, training=True), training=True)
        loss = tf.reduce_mean(tf.square(reconstruction - batch))
    grads = tape.gradient(loss, decoder.trainable_variables)
    optimizer.apply_gradients(zip(grads, decoder.trainable_variables))
    return loss


batches = tf.data.Dataset.from_tensor_slices(channels).shuffle(320, seed=81).batch(64)
for epoch in range(10):
    for batch in batches:
        loss = train_step(batch)
    print("epoch", epoch, "reconstruction loss", float(loss))
