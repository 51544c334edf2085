# fault: rebound-variable
"""Linear regression from scratch with two tf.Variables, gradients from GradientTape."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(49)
rng = np.random.default_rng(49)
x = tf.constant(rng.normal(size=(100, 1)), tf.float32)
y = 2.0 * x + 0.5 + tf.constant(0.1 * rng.normal(size=(100, 1)), tf.float32)

w = tf.Variable([[0.0]])
b = tf.Variable([0.0])
lr = 0.1


def predict(inputs):
    return tf.matmul(inputs, w) + b


for epoch in range(30):
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean((predict(x) - y) ** 2)
    dw, db = tape.gradient(cost, [w, b])
    w = w - lr * dw
    b = b - lr * db
    print("epoch", epoch, "cost", float(cost), "w", float(w[0, 0]), "b", float(b[0]))
