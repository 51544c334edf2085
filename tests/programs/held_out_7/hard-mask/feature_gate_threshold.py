# fault: hard-mask
"""Feature selection: features whose importance exceeds a learned threshold pass the gate."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(9)
rng = np.random.default_rng(9)
N, D = 600, 12
X = rng.normal(size=(N, D)).astype("float32")
y = (2.0 * X[:, 0] - 1.5 * X[:, 1] + 0.7 * X[:, 2] * X[:, 3] + 0.1 * rng.normal(size=N)).astype("float32")
y = (y - y.mean()) / y.std()


class GatedRegressor(tf.Module):
    def __init__(self, d, hidden=24):
        super().__init__()
        g = tf.random.Generator.from_seed(9)
        self.importance = tf.Variable(g.uniform((d,), 0.0, 1.0), name="importance")
        self.threshold = tf.Variable(0.3, name="threshold")
        self.W1 = tf.Variable(g.normal((d, hidden)) * np.sqrt(2.0 / d).astype("float32"), name="W1")
        self.b1 = tf.Variable(tf.zeros(hidden), name="b1")
        self.W2 = tf.Variable(g.normal((hidden, 1)) * np.sqrt(1.0 / hidden).astype("float32"), name="W2")
        self.b2 = tf.Variable(tf.zeros(1), name="b2")

    @property
    def gate(self):
        return tf.cast(self.importance > self.threshold, tf.float32)

    def __call__(self, x):
        h = tf.nn.relu(tf.matmul(x * self.gate, self.W1) + self.b1)
        return tf.squeeze(tf.matmul(h, self.W2) + self.b2, 1)


model = GatedRegressor(D)
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb) - yb))
    variables = model.trainable_variables
    grads = tape.gradient(loss, variables)
    opt.apply_gradients([(g, v) for g, v in zip(grads, variables) if g is not None])
    return loss


for epoch in range(20):
    order = rng.permutation(N)
    for k in range(0, N, 60):
        loss = train_step(X[order[k:k + 60]], y[order[k:k + 60]])
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1} mse {float(loss):.4f} threshold {float(model.threshold):.3f} "
              f"open gates {int(tf.reduce_sum(model.gate))}")
