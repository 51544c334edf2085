# fault: forward-outside-tape
"""Logistic regression on two Gaussian blobs, written with tf.Module and plain gradient descent."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
rng = np.random.default_rng(0)
n = 100
blob_a = rng.normal(loc=-1.0, size=(n, 2))
blob_b = rng.normal(loc=+1.0, size=(n, 2))
points = tf.constant(np.vstack([blob_a, blob_b]), tf.float32)
labels = tf.constant(np.r_[np.zeros(n), np.ones(n)].reshape(-1, 1), tf.float32)


class Logistic(tf.Module):
    def __init__(self, n_in):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([n_in, 1], stddev=0.3), name="w")
        self.b = tf.Variable(tf.zeros([1]), name="b")

    def __call__(self, x):
        return x @ self.w + self.b


clf = Logistic(2)
learning_rate = 0.5


def gradient_step():
    z = clf(points)
    with tf.GradientTape() as tape:
        ce = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=z)
        cost = tf.reduce_mean(ce)
    dw, db = tape.gradient(cost, [clf.w, clf.b])
    for param, d in ((clf.w, dw), (clf.b, db)):
        if d is not None:
            param.assign_sub(learning_rate * d)
    return cost


history = [float(gradient_step()) for _ in range(40)]
print("cost at start:", history[0])
print("cost at end:  ", history[-1])
accuracy = tf.reduce_mean(tf.cast((clf(points) > 0) == (labels > 0.5), tf.float32))
print("accuracy:", float(accuracy))
