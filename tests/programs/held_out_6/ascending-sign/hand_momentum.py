# fault: ascending-sign
# two-class net on tabular data with hand-written momentum
import numpy as np
import tensorflow as tf

tf.random.set_seed(78)
np.random.seed(78)
X = np.random.randn(600, 30).astype("float32")
y = X[:, :8].sum(1) + 0.5 * X[:, 8] * X[:, 9] > 0
y = y.astype("int64")


class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal((30, 12), stddev=0.2))
        self.b1 = tf.Variable(tf.zeros(12))
        self.W2 = tf.Variable(tf.random.normal((12, 2), stddev=0.3))
        self.b2 = tf.Variable(tf.zeros(2))

    def __call__(self, x):
        return tf.tanh(x @ self.W1 + self.b1) @ self.W2 + self.b2


class Momentum:
    def __init__(self, variables, lr=0.01, beta=0.9):
        self.lr, self.beta = lr, beta
        self.velocity = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]

    def update(self, grads, variables):
        for m, g, v in zip(self.velocity, grads, variables):
            m.assign(self.beta * m + self.lr * g)
            v.assign_add(m)


net = Net()
variables = net.trainable_variables
rule = Momentum(variables)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yb, logits=net(xb)))
    rule.update(tape.gradient(loss, variables), variables)
    return loss


for i in range(120):
    r = np.random.choice(len(X), 64, replace=False)
    loss = step(X[r], y[r])
    if i % 20 == 0:
        print(i, loss.numpy())
