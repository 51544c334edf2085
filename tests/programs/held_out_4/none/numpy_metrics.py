# fault: none
# Imbalanced fault detection: decoding in a py_function, F1 and a threshold search in NumPy.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(114)
rng = np.random.default_rng(114)
X = rng.normal(size=(900, 6)).astype("float32")
y = ((X[:, 0] * X[:, 1] > 0.8) | (X[:, 2] > 1.6)).astype("float32")
raw = np.round(X * 100).astype("int32")


def decode(row):
    return (row.numpy() / 100.0).astype("float32")


def load(row, label):
    features = tf.py_function(decode, [row], tf.float32)
    features.set_shape((6,))
    return features, label


def f1(labels, decisions):
    tp = np.sum(decisions * labels)
    return 2 * tp / max(np.sum(decisions) + np.sum(labels), 1.0)


train = tf.data.Dataset.from_tensor_slices((raw[:700], y[:700])).map(load).cache().shuffle(700, seed=1).batch(70)
model = Sequential([Input((6,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)])
optimizer = optimizers.Adam(5e-3)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        logits = model(xb, training=True)[:, 0]
        loss = tf.reduce_mean(tf.nn.weighted_cross_entropy_with_logits(labels=yb, logits=logits, pos_weight=3.0))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, logits


for epoch in range(12):
    losses, scores, labels = [], [], []
    for xb, yb in train:
        loss, logits = step(xb, yb)
        losses.append(float(loss)), scores.append(logits.numpy()), labels.append(yb.numpy())
    scores, labels = np.concatenate(scores), np.concatenate(labels)
    best = max(np.linspace(-2, 2, 9), key=lambda t: f1(labels, (scores > t).astype("float32")))
    if epoch % 3 == 0:
        held_out = (model(X[700:]).numpy()[:, 0] > best).astype("float32")
        print(f"epoch {epoch:2d} loss {np.mean(losses):.4f} threshold {best:+.2f} F1 {f1(y[700:], held_out):.3f}")
