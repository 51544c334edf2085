# fault: assign-in-forward
"""Hand-made stateful RNN: say whether the running sum of the last inputs is positive."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
rng = np.random.default_rng(0)
B, T, H = 32, 8, 12


class Elman(tf.Module):
    def __init__(self):
        super().__init__()
        self.wx = tf.Variable(tf.random.normal((2, H), stddev=0.5), name="wx")
        self.wh = tf.Variable(tf.random.normal((H, H), stddev=0.2), name="wh")
        self.bh = tf.Variable(tf.zeros((H,)), name="bh")
        self.wo = tf.Variable(tf.random.normal((H, 1), stddev=0.3), name="wo")
        self.bo = tf.Variable(tf.zeros((1,)), name="bo")
        self.state = tf.Variable(tf.zeros((B, H)), trainable=False, name="state")

    def reset(self):
        self.state.assign(tf.zeros((B, H)))

    def __call__(self, seq):
        for t in range(T):
            self.state.assign(tf.tanh(seq[:, t] @ self.wx + self.state @ self.wh + self.bh))
        return self.state @ self.wo + self.bo


def make_batch():
    x = rng.normal(size=(B, T, 2)).astype("float32")
    y = (x[:, :, 0].sum(1) - x[:, :, 1].sum(1) > 0).astype("float32")[:, None]
    return tf.constant(x), tf.constant(y)


cell = Elman()
adam = tf.keras.optimizers.Adam(0.02)
running = []
for it in range(150):
    x, y = make_batch()
    cell.reset()
    with tf.GradientTape() as tape:
        logit = cell(x)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logit))
    weights = cell.trainable_variables
    adam.apply_gradients(zip(tape.gradient(loss, weights), weights))
    running.append(float(loss))
    if it % 30 == 29:
        print(it + 1, np.mean(running[-30:]))
