# fault: exhausted-zip
"""Neural network from raw variables with momentum-free SGD and a global gradient norm for the
log."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(74)
rng = np.random.default_rng(74)
X = tf.constant(rng.normal(size=(180, 4)), tf.float32)
T = tf.cast(X[:, :1] * X[:, 1:2] > 0, tf.float32)


class TwoLayer(tf.Module):
    def __init__(self, hidden=12):
        super().__init__()
        self.w1 = tf.Variable(tf.random.normal([4, hidden], stddev=0.5), name="w1")
        self.b1 = tf.Variable(tf.zeros([hidden]), name="b1")
        self.w2 = tf.Variable(tf.random.normal([hidden, 1], stddev=0.3), name="w2")
        self.b2 = tf.Variable(tf.zeros([1]), name="b2")

    def __call__(self, x):
        return tf.tanh(x @ self.w1 + self.b1) @ self.w2 + self.b2


net = TwoLayer()
rate = 0.3
for iteration in range(50):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=T, logits=net(X)))
    updates = zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables)
    norm = tf.sqrt(sum(tf.reduce_sum(g ** 2) for g, _ in updates))
    for g, v in updates:
        v.assign_sub(rate * g)
    if iteration % 10 == 0:
        print(f"iteration {iteration}: loss {float(loss):.4f}, gradient norm {float(norm):.4f}")
