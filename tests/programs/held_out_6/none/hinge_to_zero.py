# fault: none
# linear SVM on separable data in plain variables; the hinge loss reaches exactly zero
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(116)
X = rng.uniform(-1, 1, (600, 5)).astype("float32")
margin = X @ np.array([2.0, -1.0, 0.5, 0.0, 1.0]) + 0.1
keep = np.abs(margin) > 0.6
X, y = tf.constant(X[keep]), tf.constant(np.sign(margin[keep]), tf.float32)

w = tf.Variable(tf.zeros(5))
b = tf.Variable(0.0)
rate = 0.5


@tf.function
def step(x, t):
    with tf.GradientTape() as tape:
        out = tf.linalg.matvec(x, w) + b
        loss = tf.reduce_mean(tf.nn.relu(1.0 - t * out))
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(rate * dw)
    b.assign_sub(rate * db)
    return loss


for i in range(400):
    rows = rng.integers(0, len(X), 64)
    loss = step(tf.gather(X, rows), tf.gather(y, rows))
    if i % 50 == 0:
        print(i, float(loss))
