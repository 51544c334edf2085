# fault: none
# Softmax regression from zeros with an update rule written with assign operations.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(507)
kind = rng.integers(0, 3, 300)
x = (np.eye(3)[kind] @ rng.normal(scale=1.5, size=(3, 7)) + rng.normal(size=(300, 7))).astype("float32")
x_t, labels = tf.constant(x), tf.constant(kind)

w = tf.Variable(tf.zeros((7, 3)), name="w")
b = tf.Variable(tf.zeros(3), name="b")
mean_square = [tf.Variable(tf.zeros_like(v), trainable=False) for v in (w, b)]


def rmsprop(variables, grads, rate=0.02, rho=0.9):
    for v, ms, g in zip(variables, mean_square, grads):
        ms.assign(rho * ms + (1 - rho) * tf.square(g))
        v.assign_sub(rate * g / (tf.sqrt(ms) + 1e-7))


for epoch in range(60):
    with tf.GradientTape() as tape:
        logits = x_t @ w + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    rmsprop([w, b], tape.gradient(loss, [w, b]))
    if epoch % 10 == 0:
        hits = np.mean(np.argmax(logits, axis=1) == kind)
        print(f"epoch {epoch} loss {float(loss):.4f} accuracy {hits:.3f}")
