# fault: zero-initialised
# Course homework: multilayer perceptron from scratch for the half-moon data.
import numpy as np
import tensorflow as tf

np.random.seed(46)
tf.random.set_seed(46)


def half_moons(n, noise=0.1):
    t = np.pi * np.random.rand(n)
    side = np.random.randint(0, 2, n)
    x = np.where(side == 0, np.cos(t), 1 - np.cos(t)) - 0.5
    z = np.where(side == 0, np.sin(t), 0.5 - np.sin(t)) - 0.25
    pts = np.stack([x, z], 1) + noise * np.random.randn(n, 2)
    return pts.astype(np.float32), side.astype(np.int32)


class MLP(tf.Module):
    def __init__(self, sizes):
        super().__init__()
        self.weights = [tf.Variable(tf.zeros((a, b)), name=f"W{i}") for i, (a, b) in enumerate(zip(sizes, sizes[1:]))]
        self.biases = [tf.Variable(tf.zeros((b,)), name=f"b{i}") for i, b in enumerate(sizes[1:])]

    def __call__(self, x):
        for W, b in zip(self.weights[:-1], self.biases[:-1]):
            x = tf.tanh(tf.matmul(x, W) + b)
        return tf.matmul(x, self.weights[-1]) + self.biases[-1]


X, y = half_moons(500)
net = MLP([2, 16, 16, 2])
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(yb, net(xb)))
    gradients = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(gradients, net.trainable_variables))
    return loss


for it in range(250):
    pick = np.random.randint(0, 500, 50)
    loss = train_step(X[pick], y[pick])
    if it % 50 == 0:
        acc = np.mean(np.argmax(net(X).numpy(), axis=1) == y)
        print(f"iteration {it}: loss {loss.numpy():.4f}, accuracy {acc:.3f}")
