# fault: reordered-pairs
# residual network that learns the flow map of a linear dynamical system
import numpy as np
import tensorflow as tf

tf.random.set_seed(12)
rng = np.random.default_rng(12)
D, DEPTH = 8, 12


class ResidualFlow(tf.Module):
    def __init__(self):
        super().__init__()
        self.p = {}
        for k in range(DEPTH):
            self.p[f"w{k}"] = tf.Variable(rng.normal(0, 0.15, (D, D)).astype("float32"), name=f"w{k}")

    def __call__(self, x):
        for k in range(DEPTH):
            x = x + tf.tanh(x @ self.p[f"w{k}"])
        return x


A = rng.normal(0, 0.5, (D, D))
rotation, _ = np.linalg.qr(A)
flow = ResidualFlow()
by_depth = [flow.p[f"w{k}"] for k in range(DEPTH)]
by_name = [flow.p[name] for name in sorted(flow.p)]
opt = tf.keras.optimizers.SGD(learning_rate=0.003)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(flow(x) - y))
    grads = tape.gradient(loss, by_depth)
    opt.apply_gradients(zip(grads, by_name))
    return loss


for i in range(200):
    x = rng.normal(0, 1, (64, D)).astype("float32")
    y = (x @ rotation).astype("float32")
    loss = step(x, y)
    if i % 40 == 0:
        print(i, loss.numpy())
