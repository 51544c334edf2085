# fault: variable-created-in-graph
"""Shared trunk with a classification head, everything in one tf.function."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)
features = rng.normal(size=(120, 6)).astype("float32")
target = rng.integers(0, 3, size=120)
features[np.arange(120), target] += 2.0

trunk = keras.Sequential([keras.Input((6,)), keras.layers.Dense(12, activation="relu")])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def step(x, y):
    head = keras.layers.Dense(3)
    with tf.GradientTape() as tape:
        loss = loss_fn(y, head(trunk(x, training=True)))
    variables = trunk.trainable_variables + head.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for epoch in range(10):
    for i in range(0, 120, 40):
        loss = step(features[i:i + 40], target[i:i + 40])
    print("epoch", epoch, "loss", float(loss))
