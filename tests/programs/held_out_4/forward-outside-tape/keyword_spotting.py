# fault: forward-outside-tape
# Keyword spotting on synthetic log-mel frames: small conv front end plus a classifier head.
import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(3)
rng = np.random.default_rng(3)
N, T, M, K = 384, 20, 16, 4
labels = rng.integers(0, K, N)
frames = rng.normal(0, 0.7, (N, T, M)).astype("float32")
t = np.arange(T)
for i, k in enumerate(labels):
    frames[i, :, 3 * k:3 * k + 4] += np.sin(2 * np.pi * (k + 1) * t / T + rng.uniform(0, 6))[:, None]
ds = tf.data.Dataset.from_tensor_slices((frames, labels.astype("int32"))).shuffle(N, seed=1).batch(32)

frontend = keras.Sequential([
    keras.Input((T, M)),
    keras.layers.Conv1D(16, 5, padding="same", activation="relu"),
    keras.layers.Conv1D(16, 3, padding="same", activation="relu"),
    keras.layers.GlobalMaxPooling1D(),
])
head = keras.Sequential([keras.Input((16,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(K)])

optimizer = keras.optimizers.Adam(3e-3)
xent = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
params = frontend.trainable_variables + head.trainable_variables


def train_epoch():
    mean = keras.metrics.Mean()
    for x, y in ds:
        features = frontend(x, training=True)
        with tf.GradientTape() as tape:
            logits = head(features, training=True)
            loss = xent(y, logits)
        grads = tape.gradient(loss, params)
        optimizer.apply_gradients((g, p) for g, p in zip(grads, params) if g is not None)
        mean.update_state(loss)
    return float(mean.result())


for epoch in range(4):
    print(f"epoch {epoch} loss {train_epoch():.4f}")
pred = np.argmax(head(frontend(frames)).numpy(), -1)
print("train accuracy", (pred == labels).mean())
