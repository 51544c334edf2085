# fault: zero-initialised
"""MLP from scratch with tf.Module: recognise points inside a ring."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(3)
P = rng.uniform(-2, 2, size=(800, 2)).astype("float32")
R = np.linalg.norm(P, axis=1)
inside = ((R > 0.7) & (R < 1.5)).astype("float32")[:, None]


class Dense(tf.Module):
    def __init__(self, n_in, n_out, act=None):
        super().__init__()
        self.w = tf.Variable(tf.zeros((n_in, n_out)), name="w")
        self.b = tf.Variable(tf.zeros((n_out,)), name="b")
        self.act = act

    def __call__(self, x):
        z = x @ self.w + self.b
        return self.act(z) if self.act else z


class MLP(tf.Module):
    def __init__(self):
        super().__init__()
        self.layers = [Dense(2, 32, tf.tanh), Dense(32, 32, tf.tanh), Dense(32, 1)]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


net = MLP()
velocity = [tf.Variable(tf.zeros_like(v), trainable=False) for v in net.trainable_variables]


@tf.function
def step(x, y, lr=0.1, momentum=0.9):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=net(x)))
    for v, m, g in zip(net.trainable_variables, velocity, tape.gradient(loss, net.trainable_variables)):
        m.assign(momentum * m + g)
        v.assign_sub(lr * m)
    return loss


for epoch in range(60):
    order = rng.permutation(800)
    ls = [float(step(tf.constant(P[b]), tf.constant(inside[b]))) for b in np.split(order, 8)]
    if epoch % 12 == 11:
        print(epoch + 1, np.mean(ls))
