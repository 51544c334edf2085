# fault: none
"""Alternate between two optimizers: item side on even epochs, user side on odd ones."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(19)
n, m, r = 40, 30, 3
R = (rng.normal(size=(n, r)) @ rng.normal(size=(r, m))).astype("float32")
seen = (rng.random((n, m)) < 0.7).astype("float32")


class MF(tf.Module):
    def __init__(self):
        super().__init__()
        self.p = tf.Variable(0.3 * rng.normal(size=(n, 4)).astype("float32"))
        self.q = tf.Variable(0.3 * rng.normal(size=(m, 4)).astype("float32"))

    def loss(self):
        err = (tf.matmul(self.p, self.q, transpose_b=True) - R) * seen
        return tf.reduce_sum(tf.square(err)) / tf.reduce_sum(seen)


mf = MF()
opt_p, opt_q = keras.optimizers.Adam(0.05), keras.optimizers.SGD(3.0, momentum=0.5)


def half_step(opt, var):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(var)
        loss = mf.loss()
    opt.apply_gradients([(tape.gradient(loss, var), var)])
    return float(loss)


for epoch in range(40):
    for _ in range(10):
        loss = half_step(opt_q, mf.q) if epoch % 2 == 0 else half_step(opt_p, mf.p)
    if epoch % 5 == 4:
        print(epoch + 1, "masked mse", loss)
