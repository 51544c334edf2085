# fault: overwritten-update
"""Fit a Gaussian mixture with gradient descent; the mixture weights must stay on the simplex,
so they are projected after each update."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(86)
rng = np.random.default_rng(86)
component = rng.choice(3, size=300, p=[0.6, 0.3, 0.1])
data = np.array([-2.0, 0.5, 3.0])[component] + 0.4 * rng.normal(size=300)
data = tf.constant(data, tf.float32)
start = np.array([1.0, 1.0, 1.0], dtype="float32") / 3


class Mixture(tf.Module):
    def __init__(self):
        super().__init__()
        self.means = tf.Variable([-1.0, 0.0, 1.0], name="means")
        self.log_scale = tf.Variable([0.0, 0.0, 0.0], name="log_scale")
        self.weights = tf.Variable(start, name="weights")

    def nll(self, x):
        z = (x[:, None] - self.means) * tf.exp(-self.log_scale)
        log_p = tf.math.log(self.weights) - self.log_scale - 0.5 * tf.square(z)
        return -tf.reduce_mean(tf.reduce_logsumexp(log_p, axis=1))

    def project(self):
        clipped = np.maximum(start, 1e-3)
        self.weights.assign(clipped / clipped.sum())


mixture = Mixture()
optimizer = tf.keras.optimizers.Adam(0.05)
for step in range(60):
    with tf.GradientTape() as tape:
        loss = mixture.nll(data)
    variables = mixture.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    mixture.project()
    if step % 15 == 0:
        print("step", step, "nll", round(float(loss), 4))
print("means", mixture.means.numpy(), "weights", mixture.weights.numpy())
