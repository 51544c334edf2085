# fault: missing-training-flag
"""Convolutional regressor with batch normalisation in a hand-written loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(92)
rng = np.random.default_rng(92)
spectra = rng.normal(loc=2.0, size=(120, 24, 1)).astype("float32")
peak = (spectra[:, 8:12, 0].mean(axis=1) - spectra[:, 14:18, 0].mean(axis=1))[:, None]

model = tf.keras.Sequential([
    layers.Input((24, 1)),
    layers.Conv1D(8, 3),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Flatten(),
    layers.Dropout(0.2),
    layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.005)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        prediction = model(x)
        loss = tf.reduce_mean(tf.square(prediction - y))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    for i in range(0, 120, 40):
        loss = train_step(spectra[i:i + 40], peak[i:i + 40])
    print("epoch", epoch, "loss", float(loss))
