# fault: variable-created-in-graph
"""Hand-written recurrent network that sums bits; the hidden state is kept in a variable."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(94)
rng = np.random.default_rng(94)
bits = rng.integers(0, 2, size=(64, 8, 1)).astype("float32")
totals = bits.sum(axis=1) / 4.0
UNITS = 10


class BitCounter(tf.Module):
    def __init__(self):
        super().__init__()
        self.w_in = tf.Variable(tf.random.normal((1, UNITS), stddev=0.4), name="w_in")
        self.w_rec = tf.Variable(tf.random.normal((UNITS, UNITS), stddev=0.3), name="w_rec")
        self.w_out = tf.Variable(tf.random.normal((UNITS, 1), stddev=0.3), name="w_out")

    def __call__(self, sequence):
        state = tf.Variable(tf.zeros((64, UNITS)), trainable=False, name="state")
        hidden = state + 0.0
        for t in range(8):
            hidden = tf.tanh(sequence[:, t] @ self.w_in + hidden @ self.w_rec)
        return hidden @ self.w_out


counter = BitCounter()
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train(sequence, target):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(counter(sequence) - target))
    weights = [counter.w_in, counter.w_rec, counter.w_out]
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for epoch in range(30):
    print("epoch", epoch, "loss", train(bits, totals).numpy())
