# fault: double-softmax
# Softmax regression on four Gaussian clusters with tf.Module and tf.nn functions.
import numpy as np
import tensorflow as tf

tf.random.set_seed(108)
rng = np.random.default_rng(108)
cluster = rng.integers(0, 4, size=320)
corners = np.array([[2, 2], [2, -2], [-2, 2], [-2, -2]])
points = tf.constant(corners[cluster] + 0.6 * rng.normal(size=(320, 2)), tf.float32)
one_hot = tf.one_hot(cluster, 4)


class SoftmaxRegression(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([2, 4], stddev=0.1), name="w")
        self.b = tf.Variable(tf.zeros([4]), name="b")

    def __call__(self, x):
        return tf.nn.softmax(x @ self.w + self.b)


net = SoftmaxRegression()
optimizer = tf.keras.optimizers.Adam(0.05)


@tf.function
def train():
    with tf.GradientTape() as tape:
        output = net(points)
        loss = tf.reduce_mean(
            tf.nn.softmax_cross_entropy_with_logits(labels=one_hot, logits=output))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for step in range(60):
    loss = train()
    if step % 10 == 0:
        print("step", step, "loss", loss.numpy())
