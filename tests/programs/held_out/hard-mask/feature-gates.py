# fault: hard-mask
"""Feature selection: every input has a gate that is either open or closed, the gates are
learned together with a linear model from raw variables."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(99)
rng = np.random.default_rng(99)
X = rng.normal(size=(200, 12)).astype("float32")
y = (2 * X[:, [0]] - 3 * X[:, [5]] + 0.1 * rng.normal(size=(200, 1))).astype("float32")


class GatedLinear(tf.Module):
    def __init__(self, n):
        super().__init__()
        self.gate_logits = tf.Variable(0.1 * tf.random.normal([n]), name="gate_logits")
        self.w = tf.Variable(tf.random.normal([n, 1], stddev=0.3), name="w")
        self.b = tf.Variable(tf.zeros([1]), name="b")

    def gates(self):
        return tf.cast(tf.sigmoid(self.gate_logits) > 0.5, tf.float32)

    def __call__(self, x):
        return (x * self.gates()) @ self.w + self.b


model = GatedLinear(12)
optimizer = tf.keras.optimizers.Adam(0.05)


def loss_fn(x, t):
    return tf.reduce_mean(tf.abs(model(x) - t))


for step in range(60):
    rows = rng.choice(200, size=50, replace=False)
    with tf.GradientTape() as tape:
        loss = loss_fn(X[rows], y[rows])
    variables = [model.gate_logits, model.w, model.b]
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    if step % 15 == 0:
        print("step", step, "loss", round(float(loss), 4), "open gates", int(sum(model.gates())))
