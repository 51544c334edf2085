# fault: rebound-variable
"""Softmax regression on three clusters; the parameters are kept in a dict and updated by a
helper."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(50)
rng = np.random.default_rng(50)
label = rng.integers(0, 3, size=210)
means = np.array([[1.5, 0.0], [-1.0, 1.5], [-1.0, -1.5]])
data = (means[label] + 0.6 * rng.normal(size=(210, 2))).astype("float32")

params = {
    "kernel": tf.Variable(tf.random.normal([2, 3], stddev=0.1)),
    "bias": tf.Variable(tf.zeros([3])),
}


def loss_of(x, t):
    logits = x @ params["kernel"] + params["bias"]
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=t, logits=logits))


def descend(grads, rate):
    for name, grad in grads.items():
        if grad is not None:
            params[name] = params[name] - rate * grad


for step in range(50):
    with tf.GradientTape() as tape:
        loss = loss_of(data, label)
    grads = tape.gradient(loss, params)
    descend(grads, rate=0.2)
    if step % 10 == 0:
        print("step", step, "cross-entropy", round(float(loss), 4))

predicted = np.argmax(data @ params["kernel"].numpy() + params["bias"].numpy(), axis=1)
print("accuracy", np.mean(predicted == label))
