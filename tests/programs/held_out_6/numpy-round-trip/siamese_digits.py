# fault: numpy-round-trip
# digit classifier on top of unit-length embeddings
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(8)


def toy_digits(n=1600, seed=0):
    r = np.random.default_rng(seed)
    glyphs = (r.random((10, 8, 8)) > 0.55).astype("float32")
    label = r.integers(0, 10, n)
    ink = r.uniform(0.6, 1.0, (n, 1, 1))
    image = glyphs[label] * ink + 0.15 * r.standard_normal((n, 8, 8))
    return np.clip(image, 0, 1).astype("float32"), label


images, y = toy_digits()
X = images.reshape(-1, 64)


class EmbeddingClassifier(keras.Model):
    def __init__(self, dim=12, classes=10):
        super().__init__()
        self.hidden = keras.layers.Dense(48, activation="relu")
        self.embed = keras.layers.Dense(dim)
        self.head = keras.layers.Dense(classes)

    def normalise(self, z):
        z = np.asarray(z)
        return z / np.maximum(np.linalg.norm(z, axis=-1, keepdims=True), 1e-6)

    def call(self, x):
        z = self.embed(self.hidden(x))
        return self.head(4.0 * self.normalise(z))


model = EmbeddingClassifier()
model(X[:2])
opt = keras.optimizers.Adam(5e-3)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for epoch in range(4):
    order = np.random.permutation(len(X))
    total = []
    for start in range(0, len(X) - 63, 64):
        idx = order[start:start + 64]
        with tf.GradientTape() as tape:
            loss = ce(y[idx], model(X[idx]))
        grads = tape.gradient(loss, model.trainable_weights)
        opt.apply_gradients(zip(grads, model.trainable_weights))
        total.append(float(loss))
    acc = np.mean(np.argmax(model(X).numpy(), 1) == y)
    print(f"epoch {epoch} loss {np.mean(total):.3f} accuracy {acc:.3f}")
