# fault: exploding-gradient
# The adding problem with a hand-written recurrent network over 50 steps.
import numpy as np
import tensorflow as tf

tf.random.set_seed(34)
rng = np.random.default_rng(34)
T, UNITS = 50, 32


def adding_batch(n=32):
    values = rng.uniform(0, 1, (n, T))
    marks = np.zeros((n, T))
    for row in marks:
        row[rng.choice(T, 2, replace=False)] = 1
    return np.stack([values, marks], -1).astype("float32"), (values * marks).sum(1, keepdims=True).astype("float32")


class VanillaRNN(tf.Module):
    def __init__(self):
        super().__init__()
        self.wx = tf.Variable(tf.random.normal((2, UNITS), stddev=0.3), name="wx")
        self.wh = tf.Variable(tf.random.normal((UNITS, UNITS), stddev=1.75 / UNITS ** 0.5), name="wh")
        self.bh = tf.Variable(tf.zeros(UNITS), name="bh")
        self.wo = tf.Variable(tf.random.normal((UNITS, 1), stddev=0.1), name="wo")
        self.bo = tf.Variable(tf.zeros(1), name="bo")

    @tf.function
    def __call__(self, x):
        h = tf.zeros((tf.shape(x)[0], UNITS))
        for t in tf.range(T):
            h = tf.nn.relu(x[:, t] @ self.wx + h @ self.wh + self.bh)
        return h @ self.wo + self.bo


model = VanillaRNN()
optimizer = tf.keras.optimizers.SGD(1e-3)
for step in range(60):
    x, y = adding_batch()
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if step % 10 == 0:
        print(f"step {step:2d} mse {float(loss):.4g}")
