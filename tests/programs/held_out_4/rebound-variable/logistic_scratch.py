# fault: rebound-variable
# Homework: softmax regression from scratch on three Gaussian blobs.
import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)
means = np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
y = np.random.randint(0, 3, 300)
X = (means[y] + 0.6 * np.random.randn(300, 2)).astype(np.float32)


def init_params():
    return {"W": tf.Variable(tf.random.normal((2, 3), stddev=0.1)), "b": tf.Variable(tf.zeros((3,)))}


def forward(params, inputs):
    return tf.matmul(inputs, params["W"]) + params["b"]


def cross_entropy(params, inputs, labels):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=forward(params, inputs)))


def sgd_update(params, grads, lr):
    return {name: p - lr * grads[name] if grads[name] is not None else p for name, p in params.items()}


params = init_params()
learning_rate = 0.05
for it in range(200):
    idx = np.random.choice(300, 64, replace=False)
    with tf.GradientTape() as tape:
        loss = cross_entropy(params, X[idx], y[idx])
    grads = tape.gradient(loss, params)
    params = sgd_update(params, grads, learning_rate)
    if it % 25 == 0:
        acc = np.mean(np.argmax(forward(params, X).numpy(), 1) == y)
        print("iter %3d  loss %.4f  acc %.3f" % (it, float(loss), acc))
