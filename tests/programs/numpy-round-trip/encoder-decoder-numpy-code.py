# fault: numpy-round-trip
"""Autoencoder for 16-dimensional signals; the code gets unit variance before decoding."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
basis = rng.normal(size=(4, 16))
signals = (rng.normal(size=(400, 4)) @ basis).astype(np.float32)
signals /= signals.std()


class AutoEncoder(tf.keras.Model):
    def __init__(self, code_size=4):
        super().__init__()
        self.enc1 = layers.Dense(12, activation="tanh")
        self.enc2 = layers.Dense(code_size)
        self.dec1 = layers.Dense(12, activation="tanh")
        self.dec2 = layers.Dense(16)

    def encode(self, x):
        code = self.enc2(self.enc1(x))
        mean = np.mean(code.numpy(), axis=0)
        std = np.std(code.numpy(), axis=0) + 1e-6
        return (code.numpy() - mean) / std

    def call(self, x):
        return self.dec2(self.dec1(self.encode(x)))


model = AutoEncoder()
optimizer = tf.keras.optimizers.Adam(5e-3)
for epoch in range(5):
    rng.shuffle(signals)
    running = []
    for batch in np.split(signals, 8):
        with tf.GradientTape() as tape:
            restored = model(batch)
            loss = tf.reduce_mean(tf.square(restored - batch))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        running.append(float(loss))
    print(f"epoch {epoch}: reconstruction error {np.mean(running):.4f}")
