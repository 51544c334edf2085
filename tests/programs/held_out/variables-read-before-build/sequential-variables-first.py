# fault: variables-read-before-build
# Classify iris-like clusters with a Sequential model and a compiled training step.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(47)
rng = np.random.default_rng(47)
centres = np.array([[0, 0, 0, 0], [2, 1, 0, -1], [-2, 1, 1, 0]])
species = rng.integers(0, 3, size=180)
flowers = (centres[species] + 0.5 * rng.normal(size=(180, 4))).astype("float32")

model = keras.Sequential([
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(3),
])
optimizer = keras.optimizers.Adam(0.02)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
weights = model.trainable_weights


def train_on(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = cross_entropy(y, logits)
    gradients = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(gradients, weights))
    return loss


dataset = tf.data.Dataset.from_tensor_slices((flowers, species)).batch(30).repeat(5)
for number, (xb, yb) in enumerate(dataset):
    loss = train_on(xb, yb)
    if number % 6 == 0:
        print("batch", number, "loss", float(loss))
