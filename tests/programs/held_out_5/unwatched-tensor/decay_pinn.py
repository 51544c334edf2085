# fault: unwatched-tensor
"""Physics-informed net for u' = -2u, u(0) = 1 on [0, 2]."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(11)
rng = np.random.default_rng(11)


class Net(tf.Module):
    def __init__(self, width=20):
        super().__init__()
        self.w1 = tf.Variable(tf.random.normal((1, width)))
        self.b1 = tf.Variable(tf.zeros((width,)))
        self.w2 = tf.Variable(tf.random.normal((width, width), stddev=width ** -0.5))
        self.b2 = tf.Variable(tf.zeros((width,)))
        self.w3 = tf.Variable(tf.random.normal((width, 1), stddev=width ** -0.5))

    def __call__(self, x):
        h = tf.tanh(x @ self.w1 + self.b1)
        h = tf.tanh(h @ self.w2 + self.b2)
        return 1.0 + x * (h @ self.w3)


def residual(net, x):
    with tf.GradientTape() as inner:
        u = net(x)
    du = inner.gradient(u, x)
    return du + 2.0 * u


net = Net()
lr = 0.01
collocation = tf.constant(rng.uniform(0, 2, size=(64, 1)), tf.float32)

for it in range(500):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(residual(net, collocation)))
    grads = tape.gradient(loss, net.trainable_variables)
    for v, g in zip(net.trainable_variables, grads):
        v.assign_sub(lr * g)
    if it % 100 == 0:
        print(it, float(loss))

test = np.linspace(0, 2, 9, dtype="float32")[:, None]
print("max error", np.abs(net(test).numpy() - np.exp(-2 * test)).max())
