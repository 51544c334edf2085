# fault: ascending-sign
"""Embedding network that should align its output with a reference vector per class, using fit."""
import keras
import numpy as np

keras.utils.set_random_seed(91)
rng = np.random.default_rng(91)
reference = rng.normal(size=(5, 6))
index = rng.integers(0, 5, size=150)
inputs = rng.normal(size=(5, 10))[index] + 0.2 * rng.normal(size=(150, 10))
targets = reference[index]
inputs, targets = inputs.astype("float32"), targets.astype("float32")


def alignment(y_true, y_pred):
    a = keras.ops.normalize(y_true, axis=-1)
    b = keras.ops.normalize(y_pred, axis=-1)
    return keras.ops.sum(a * b, axis=-1)


embedder = keras.Sequential([
    keras.layers.Input((10,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(6),
])
embedder.compile(optimizer=keras.optimizers.Adam(0.01), loss=alignment)
log = embedder.fit(inputs, targets, batch_size=30, epochs=8, verbose=0)
print([round(v, 3) for v in log.history["loss"]])
out = embedder.predict(inputs, verbose=0)
cosine = (out * targets).sum(1) / (np.linalg.norm(out, axis=1) * np.linalg.norm(targets, axis=1))
print("mean cosine with the reference", cosine.mean())
