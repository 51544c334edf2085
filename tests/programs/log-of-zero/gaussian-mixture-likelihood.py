# fault: log-of-zero
# Maximum likelihood for a two-component Gaussian mixture with a few far-away points.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(25)
samples = np.concatenate([rng.normal(-2, 0.5, 90), rng.normal(3, 0.7, 60), [16.0, -17.5]])
samples = tf.constant(samples, tf.float32)


class Mixture(tf.Module):
    def __init__(self):
        super().__init__()
        self.mean = tf.Variable([-1.0, 1.0], name="mean")
        self.raw_scale = tf.Variable([0.0, 0.0], name="raw_scale")
        self.raw_weight = tf.Variable([0.0, 0.0], name="raw_weight")

    def density(self, x):
        scale = tf.nn.softplus(self.raw_scale)
        weight = tf.nn.softmax(self.raw_weight)
        z = (x[:, None] - self.mean) / scale
        pdf = tf.exp(-0.5 * z * z) / (scale * np.float32(np.sqrt(2 * np.pi)))
        return tf.reduce_sum(weight * pdf, axis=1)


mixture = Mixture()
optimizer = tf.keras.optimizers.Adam(0.05)
for step in range(20):
    with tf.GradientTape() as tape:
        nll = -tf.reduce_mean(tf.math.log(mixture.density(samples)))
    params = mixture.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(nll, params), params))
    if step % 4 == 0:
        print(step, "nll", nll.numpy(), "means", mixture.mean.numpy())
