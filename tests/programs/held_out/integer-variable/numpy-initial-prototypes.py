# fault: integer-variable
"""Soft k-means: cluster centres start on grid points and a sharpness parameter is learned with
them."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(55)
rng = np.random.default_rng(55)
centres = np.array([[2.4, 0.6], [-1.7, 1.8], [-0.4, -2.3]])
cloud = np.concatenate([c + 0.3 * rng.normal(size=(60, 2)) for c in centres])
cloud = tf.constant(cloud, tf.float32)


class SoftKMeans(tf.Module):
    def __init__(self, start):
        super().__init__()
        self.prototypes = tf.Variable(start, name="prototypes")
        self.log_sharpness = tf.Variable(0.0, name="log_sharpness")

    def distances(self, x):
        diff = x[:, None, :] - tf.cast(self.prototypes, x.dtype)[None, :, :]
        return tf.reduce_sum(diff ** 2, axis=2)

    def negative_log_likelihood(self, x):
        sharpness = tf.exp(self.log_sharpness)
        log_density = self.log_sharpness - 0.5 * sharpness * self.distances(x)
        return -tf.reduce_mean(tf.reduce_logsumexp(log_density, axis=1))


kmeans = SoftKMeans(np.array([[1, 1], [-1, 1], [0, -1]]))
opt = tf.keras.optimizers.SGD(learning_rate=0.1)
for step in range(50):
    with tf.GradientTape() as tape:
        nll = kmeans.negative_log_likelihood(cloud)
    variables = kmeans.trainable_variables
    gradients = tape.gradient(nll, variables)
    opt.apply_gradients(zip(gradients, variables))
    if step % 10 == 0:
        print(f"{step:2d} nll {float(nll):.4f}")
print("prototypes", kmeans.prototypes.numpy().tolist())
