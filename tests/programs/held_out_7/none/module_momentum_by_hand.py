# fault: none
# tf.Module, no Keras at all: Nesterov momentum written with assign / assign_sub
import numpy as np
import tensorflow as tf

tf.random.set_seed(212)
rng = np.random.default_rng(212)
N = 800
X = rng.uniform(-1, 1, (N, 2)).astype(np.float32)
Y = (np.exp(-4 * ((X[:, :1] - 0.3) ** 2 + X[:, 1:] ** 2)) * 2 - 0.5).astype(np.float32)


class RBFNet(tf.Module):
    def __init__(self, k):
        super().__init__()
        self.centers = tf.Variable(rng.uniform(-1, 1, (k, 2)).astype(np.float32), name="centers")
        self.log_width = tf.Variable(tf.fill([k], -0.7), name="log_width")
        self.weights = tf.Variable(tf.zeros([k, 1]), name="weights")
        self.bias = tf.Variable(tf.zeros([1]), name="bias")

    def __call__(self, x):
        d2 = tf.reduce_sum((x[:, None, :] - self.centers) ** 2, axis=-1)
        return tf.exp(-d2 * tf.exp(-2.0 * self.log_width)) @ self.weights + self.bias


class Momentum(tf.Module):
    def __init__(self, variables, rate, mu=0.9):
        super().__init__()
        self.rate = tf.Variable(rate, trainable=False)
        self.mu = mu
        self.variables_ = variables
        self.slots = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]

    def apply(self, grads):
        for v, m, g in zip(self.variables_, self.slots, grads):
            m.assign(self.mu * m + g)
            v.assign_sub(self.rate * (self.mu * m + g))


net = RBFNet(15)
opt = Momentum([net.weights, net.bias, net.centers, net.log_width], 0.02)


@tf.function(reduce_retracing=True)
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    opt.apply(tape.gradient(loss, opt.variables_))
    return loss


for epoch in range(30):
    order = rng.permutation(N)
    losses = [step(X[order[i:i + 40]], Y[order[i:i + 40]]).numpy() for i in range(0, N, 40)]
    if epoch == 20:
        opt.rate.assign(0.005)
    if epoch % 6 == 0:
        print("epoch", epoch, "mse", float(np.mean(losses)))
