# fault: variables-read-before-build
"""Denoising network for ECG-like windows. Parameters are collected once, PyTorch style."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
T = np.linspace(0, 1, 32)


def windows(n):
    shift = rng.uniform(0.2, 0.8, (n, 1))
    width = rng.uniform(0.03, 0.08, (n, 1))
    clean = np.exp(-((T - shift) ** 2) / (2 * width ** 2)) - 0.25 * np.sin(2 * np.pi * T)
    noisy = clean + 0.2 * rng.normal(size=clean.shape)
    return noisy.astype("f4"), clean.astype("f4")


encoder = tf.keras.Sequential([
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(8),
])
decoder = tf.keras.Sequential([
    tf.keras.Input((8,)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(32),
])

# "model.parameters()" of both halves
parameters = list(encoder.trainable_variables) + list(decoder.trainable_variables)
optimizer = tf.keras.optimizers.Adam(5e-3)

test_noisy, test_clean = windows(128)
for step in range(100):
    noisy, clean = windows(64)
    with tf.GradientTape() as tape:
        out = decoder(encoder(noisy))
        loss = tf.reduce_mean(tf.math.squared_difference(out, clean))
    grads = tape.gradient(loss, parameters)
    optimizer.apply_gradients(zip(grads, parameters))
    if (step + 1) % 25 == 0:
        test = tf.reduce_mean((decoder(encoder(test_noisy)) - test_clean) ** 2)
        print(f"step {step + 1}: train {loss:.4f} test {test:.4f}")
