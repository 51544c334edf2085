# fault: none
"""Input pipeline with shuffle, map, batch and prefetch, feeding fit."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(114)
rng = np.random.default_rng(114)
kind = rng.integers(0, 3, size=240)
raw = (rng.normal(size=(3, 6))[kind] * 20 + 100 + 8 * rng.normal(size=(240, 6))).astype("float32")
mean, std = raw.mean(axis=0), raw.std(axis=0)


def prepare(features, target):
    return (features - mean) / std, tf.one_hot(target, 3)


dataset = (
    tf.data.Dataset.from_tensor_slices((raw, kind))
    .shuffle(240, seed=114)
    .map(prepare)
    .batch(48)
    .prefetch(1)
)
inputs = tf.keras.Input((6,))
hidden = tf.keras.layers.Dense(16, activation="relu")(inputs)
outputs = tf.keras.layers.Dense(3, activation="softmax")(hidden)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.SGD(0.1, momentum=0.9),
              loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(dataset, epochs=5, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("accuracy", np.round(history.history["accuracy"], 3))
