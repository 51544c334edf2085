# fault: exhausted-zip
"""Predict the next character of a repeated phrase; prints the gradient norm of every variable."""
import numpy as np
import tensorflow as tf

text = "the quick brown fox jumps over the lazy dog. " * 12
chars = sorted(set(text))
to_id = {c: i for i, c in enumerate(chars)}
ids = np.array([to_id[c] for c in text], dtype=np.int32)
CTX = 4
X = np.stack([ids[i:i + CTX] for i in range(len(ids) - CTX)])
Y = ids[CTX:]

tf.keras.utils.set_random_seed(0)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(len(chars), 8),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(48, activation="tanh"),
    tf.keras.layers.Dense(len(chars)),
])
model(X[:1])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = tf.keras.optimizers.RMSprop(5e-3)


def train_on(xb, yb, verbose):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb))
    grads = tape.gradient(loss, model.trainable_variables)
    grads_and_vars = zip(grads, model.trainable_variables)
    total = 0.0
    for g, v in grads_and_vars:
        norm = float(tf.norm(tf.convert_to_tensor(g)))
        total += norm ** 2
        if verbose:
            print(f"   {v.path:32s} {norm:.4f}")
    opt.apply_gradients(grads_and_vars)
    return float(loss), total ** 0.5


rng = np.random.default_rng(0)
for it in range(80):
    pick = rng.integers(0, len(X), 64)
    loss, gnorm = train_on(X[pick], Y[pick], verbose=it % 40 == 0)
    if it % 20 == 0:
        print(f"iter {it} loss {loss:.3f} |g| {gnorm:.3f}")
