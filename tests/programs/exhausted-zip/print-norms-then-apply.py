# fault: exhausted-zip
"""Small GRU predicts the parity-like sign of a sum; gradient norms are printed during training."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(73)
rng = np.random.default_rng(73)
sequences = rng.normal(size=(128, 6, 1)).astype("float32")
labels = (sequences.sum(axis=(1, 2)) > 0).astype("float32")[:, None]

model = keras.Sequential([keras.Input((6, 1)), keras.layers.GRU(8), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
bce = keras.losses.BinaryCrossentropy(from_logits=True)

for step in range(20):
    rows = rng.integers(0, 128, size=32)
    with tf.GradientTape() as tape:
        loss = bce(labels[rows], model(sequences[rows], training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = zip(gradients, model.trainable_variables)
    for grad, var in pairs:
        print(f"  {var.path:30s} |g| = {float(tf.norm(grad)):.5f}")
    optimizer.apply_gradients(pairs)
    print("step", step, "loss", float(loss))
