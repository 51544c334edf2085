# fault: exploding-gradient
"""Recurrent net without a squashing function on a long memory task (tf.Module, SGD)."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(33)
rng = np.random.default_rng(33)
T, H, B = 60, 16, 32


class LinearRNN(tf.Module):
    def __init__(self):
        super().__init__()
        q, _ = np.linalg.qr(rng.normal(size=(H, H)))
        self.U = tf.Variable(rng.normal(size=(1, H)).astype("f4") * 0.3, name="U")
        self.W = tf.Variable((1.35 * q).astype("f4"), name="W")
        self.V = tf.Variable(rng.normal(size=(H, 1)).astype("f4") * 0.1, name="V")
        self.c = tf.Variable(tf.zeros(1), name="c")

    def __call__(self, seq):
        h = tf.zeros((tf.shape(seq)[0], H))
        for t in range(T):
            h = tf.matmul(seq[:, t], self.U) + tf.matmul(h, self.W)
        return tf.matmul(h, self.V) + self.c


def batch():
    s = rng.normal(size=(B, T, 1)).astype("float32")
    return tf.constant(s), tf.constant(s[:, 0] * 0.5 + s[:, -1] * 0.5)


rnn = LinearRNN()
variables = rnn.trainable_variables
opt = tf.keras.optimizers.SGD(0.01)
opt.build(variables)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(rnn(x) - y))
    grads = tape.gradient(loss, variables)
    opt.apply_gradients(zip(grads, variables))
    return loss, tf.linalg.global_norm(grads)


for step in range(60):
    x, y = batch()
    loss, norm = train_step(x, y)
    if step < 4 or step % 15 == 0:
        print(f"step {step:2d}  loss {float(loss):.3e}  gradient norm {float(norm):.3e}")
