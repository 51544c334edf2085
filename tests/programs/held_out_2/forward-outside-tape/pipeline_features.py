# fault: forward-outside-tape
# Classifies short sensor windows with a small convolutional encoder and a linear head.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(11)

WINDOW, CLASSES, BATCH = 32, 4, 32


def make_windows(n):
    rng = np.random.default_rng(5)
    label = rng.integers(0, CLASSES, n)
    t = np.linspace(0, 2 * np.pi, WINDOW)
    phase = rng.uniform(0, 2 * np.pi, (n, 1))
    x = np.sin((label[:, None] + 1) * t + phase) + 0.1 * rng.normal(size=(n, WINDOW))
    return x[..., None].astype("float32"), label.astype("int32")


encoder = keras.Sequential([
    keras.Input((WINDOW, 1)),
    layers.Conv1D(12, 7, activation="gelu"),
    layers.GlobalAveragePooling1D(),
    layers.Dense(8, activation="tanh"),
], name="encoder")
head = keras.Sequential([keras.Input((8,)), layers.Dense(CLASSES)], name="head")

x, y = make_windows(256)
pipeline = (
    tf.data.Dataset.from_tensor_slices((x, y))
    .shuffle(256, seed=1)
    .batch(BATCH, drop_remainder=True)
    .map(lambda w, c: ((w - tf.reduce_mean(w, axis=1, keepdims=True)), c))
    .map(lambda w, c: (encoder(w), c))
    .prefetch(1)
)

weights = encoder.trainable_variables + head.trainable_variables
optimizer = keras.optimizers.Adam(1e-2)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
running = keras.metrics.Mean()

for epoch in range(4):
    running.reset_state()
    for features, target in pipeline:
        with tf.GradientTape() as tape:
            logits = head(features)
            loss = loss_fn(target, logits)
        grads = tape.gradient(loss, weights)
        optimizer.apply_gradients(
            [(g, w) for g, w in zip(grads, weights) if g is not None])
        running.update_state(loss)
    print(f"epoch {epoch}: loss {float(running.result()):.4f}")
