# fault: ascending-sign
"""Adam from scratch (homework) on a small regression network made of raw variables."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(101)
np.random.seed(101)
X = np.random.uniform(-1, 1, (500, 3)).astype(np.float32)
Y = (X[:, :1] ** 2 - X[:, 1:2] * X[:, 2:] + 0.02 * np.random.randn(500, 1)).astype(np.float32)


def xavier(i, o):
    return tf.Variable(tf.random.normal((i, o), stddev=float(np.sqrt(2.0 / (i + o)))))


params = [xavier(3, 24), tf.Variable(tf.zeros(24)), xavier(24, 1), tf.Variable(tf.zeros(1))]


def net(x):
    w1, b1, w2, b2 = params
    return tf.tanh(x @ w1 + b1) @ w2 + b2


class MyAdam:
    def __init__(self, variables, lr=0.01, b1=0.9, b2=0.999, eps=1e-7):
        self.vars, self.lr, self.b1, self.b2, self.eps = variables, lr, b1, b2, eps
        self.m = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]
        self.v = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]
        self.t = 0

    def step(self, grads):
        self.t += 1
        for var, g, m, v in zip(self.vars, grads, self.m, self.v):
            m.assign(self.b1 * m + (1 - self.b1) * g)
            v.assign(self.b2 * v + (1 - self.b2) * g * g)
            m_hat = m / (1 - self.b1 ** self.t)
            v_hat = v / (1 - self.b2 ** self.t)
            var.assign_add(self.lr * m_hat / (tf.sqrt(v_hat) + self.eps))


opt = MyAdam(params)
for it in range(120):
    j = np.random.randint(0, 500, 64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(X[j]) - Y[j]) ** 2)
    opt.step(tape.gradient(loss, params))
    if it % 20 == 0:
        print("iteration", it, "loss", loss.numpy())
print("final loss on all data", tf.reduce_mean((net(X) - Y) ** 2).numpy())
