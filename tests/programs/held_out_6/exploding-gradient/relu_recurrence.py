# fault: exploding-gradient
# adding problem with a hand-written recurrent cell over 80 steps
import numpy as np
import tensorflow as tf

tf.random.set_seed(80)
rng = np.random.default_rng(80)
T, H = 80, 24


class Recurrent(tf.Module):
    def __init__(self):
        super().__init__()
        self.Wx = tf.Variable(tf.random.normal((2, H), stddev=0.3), name="Wx")
        self.Wh = tf.Variable(tf.random.normal((H, H), stddev=0.36), name="Wh")
        self.b = tf.Variable(tf.zeros(H), name="b")
        self.Wo = tf.Variable(tf.random.normal((H, 1), stddev=0.2), name="Wo")

    def __call__(self, x):
        h = tf.zeros((tf.shape(x)[0], H))
        for t in tf.range(T):
            h = tf.nn.relu(x[:, t] @ self.Wx + h @ self.Wh + self.b)
        return h @ self.Wo


def batch(n=32):
    value = rng.uniform(0, 1, (n, T))
    marker = np.zeros((n, T))
    marker[np.arange(n), rng.integers(0, T // 2, n)] = 1
    marker[np.arange(n), rng.integers(T // 2, T, n)] = 1
    target = (value * marker).sum(1, keepdims=True)
    return np.stack([value, marker], -1).astype("float32"), target.astype("float32")


net = Recurrent()
opt = tf.keras.optimizers.SGD(1e-3)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x) - y))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss, tf.linalg.global_norm(grads)


for i in range(60):
    x, y = batch()
    loss, norm = step(tf.constant(x), tf.constant(y))
    if i % 10 == 0:
        print(i, "loss", loss.numpy(), "norm", norm.numpy())
