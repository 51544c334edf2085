# fault: decayed-to-nothing
"""Convolutional denoiser for short signals; cosine decay over the five epochs of training."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)
grid = np.linspace(0, 2 * np.pi, 32)
clean = np.sin(grid[None] * rng.uniform(1, 3, (128, 1)) + rng.uniform(0, 6, (128, 1)))
noisy = clean + 0.3 * rng.normal(size=clean.shape)
clean, noisy = clean[..., None].astype("float32"), noisy[..., None].astype("float32")

EPOCHS = 5
rate = keras.optimizers.schedules.CosineDecay(0.003, decay_steps=EPOCHS)
optimizer = keras.optimizers.Adam(rate)

denoiser = keras.Sequential([
    keras.layers.Input((32, 1)),
    keras.layers.Conv1D(8, 5, padding="same", activation="relu"),
    keras.layers.Conv1D(1, 5, padding="same"),
])
data = tf.data.Dataset.from_tensor_slices((noisy, clean)).shuffle(128, seed=51).batch(16)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(denoiser(x, training=True) - y))
    variables = denoiser.trainable_weights
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for epoch in range(EPOCHS):
    losses = [train_step(x, y).numpy() for x, y in data]
    print(f"epoch {epoch + 1}/{EPOCHS}: {np.mean(losses):.4f}")
