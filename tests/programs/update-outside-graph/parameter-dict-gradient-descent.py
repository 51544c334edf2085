# fault: update-outside-graph
"""Small tanh network whose parameters live in a dictionary, gradient descent in a tf.function."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(62)
rng = np.random.default_rng(62)
x = rng.uniform(-2, 2, size=(128, 1)).astype("float32")
y = np.sin(1.5 * x)

params = {
    "w1": tf.Variable(tf.random.normal((1, 20)), name="w1"),
    "b1": tf.Variable(tf.zeros(20), name="b1"),
    "w2": tf.Variable(tf.random.normal((20, 1), stddev=0.2), name="w2"),
    "b2": tf.Variable(tf.zeros(1), name="b2"),
}


def predict(p, inputs):
    return tf.tanh(inputs @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]


@tf.function
def gradient_descent(inputs, targets):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(predict(params, inputs) - targets))
    gradients = tape.gradient(loss, params)
    for name in params:
        params[name] = params[name] - 0.05 * gradients[name]
    return loss


for it in range(50):
    loss = gradient_descent(x, y)
    if it % 10 == 0:
        print("iteration", it, "loss", loss.numpy())
