# fault: vanishing-gradient
"""Symmetric deep autoencoder with squashing activations all the way, custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
factors = rng.uniform(size=(128, 3))
profiles = np.clip(factors @ rng.uniform(size=(3, 16)) / 2.0, 0, 1).astype("float32")

inputs = layers.Input((16,))
h = inputs
for width in (16, 14, 12, 10, 8, 6, 8, 10, 12, 14, 16):
    h = layers.Dense(width, activation="sigmoid")(h)
outputs = layers.Dense(16)(h)
autoencoder = tf.keras.Model(inputs, outputs)
optimizer = tf.keras.optimizers.SGD(0.2)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        restored = autoencoder(batch, training=True)
        loss = tf.reduce_mean(tf.square(batch - restored))
    grads = tape.gradient(loss, autoencoder.trainable_variables)
    optimizer.apply_gradients(zip(grads, autoencoder.trainable_variables))
    return loss


for epoch in range(10):
    for first in range(0, 128, 32):
        loss = train_step(profiles[first:first + 32])
    print("epoch", epoch, "loss", round(float(loss), 5))
