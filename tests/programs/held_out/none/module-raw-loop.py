# fault: none
"""Character-level next-letter model: embedding and two dense layers in a tf.Module, raw loop."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(214)
rng = np.random.default_rng(214)
text = "the cat sat on the mat and the rat ate the oat " * 12
letters = sorted(set(text))
code = np.array([letters.index(c) for c in text])
context = np.stack([code[i:i + 3] for i in range(len(code) - 3)])
following = code[3:]


class Dense(tf.Module):
    def __init__(self, n_in, n_out, activation=None):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([n_in, n_out], stddev=n_in ** -0.5), name="w")
        self.b = tf.Variable(tf.zeros([n_out]), name="b")
        self.activation = activation or tf.identity

    def __call__(self, x):
        return self.activation(x @ self.w + self.b)


class LetterModel(tf.Module):
    def __init__(self, n):
        super().__init__()
        self.table = tf.Variable(tf.random.normal([n, 6], stddev=0.5), name="table")
        self.layers = [Dense(18, 32, tf.tanh), Dense(32, n)]

    def __call__(self, ids):
        z = tf.reshape(tf.gather(self.table, ids), [-1, 18])
        for layer in self.layers:
            z = layer(z)
        return z


net = LetterModel(len(letters))
optimizer = tf.keras.optimizers.Adam(0.02)


@tf.function
def step(ids, nxt):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=nxt, logits=net(ids)))
    optimizer.apply_gradients(
        zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


for i in range(120):
    rows = rng.integers(0, len(context), size=64)
    loss = step(tf.constant(context[rows]), tf.constant(following[rows]))
    if i % 20 == 0:
        print("step", i, "loss", float(loss))
