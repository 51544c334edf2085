# fault: truncated-pairs
"""Transferable feature extractor plus a new output layer: the variable list is made from the
extractor, then the model is completed and trained as a whole."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
x = rng.normal(size=(256, 8)).astype("float32")
y = rng.integers(0, 3, size=256)
x[np.arange(256), y] += 2.0

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(16, activation="relu", name="extract_1"),
    keras.layers.Dense(12, activation="relu", name="extract_2"),
])
trainable = list(model.trainable_variables)
model.add(keras.layers.Dense(3, name="logits"))

optimizer = keras.optimizers.Adam(0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for step in range(40):
    rows = rng.integers(0, 256, size=64)
    with tf.GradientTape() as tape:
        loss = loss_fn(y[rows], model(x[rows], training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, trainable))
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
