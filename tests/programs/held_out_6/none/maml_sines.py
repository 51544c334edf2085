# fault: none
# MAML on sine waves: inner gradient steps on functional weights, outer Adam
import numpy as np
import tensorflow as tf

tf.random.set_seed(119)
rng = np.random.default_rng(119)
H = 24
meta = [
    tf.Variable(tf.random.normal((1, H), stddev=0.8)), tf.Variable(tf.zeros(H)),
    tf.Variable(tf.random.normal((H, H), stddev=0.2)), tf.Variable(tf.zeros(H)),
    tf.Variable(tf.random.normal((H, 1), stddev=0.2)), tf.Variable(tf.zeros(1)),
]
opt = tf.keras.optimizers.Adam(3e-3)
INNER = 0.05


def forward(p, x):
    h = tf.tanh(x @ p[0] + p[1])
    h = tf.tanh(h @ p[2] + p[3])
    return h @ p[4] + p[5]


def mse(p, x, y):
    return tf.reduce_mean(tf.square(forward(p, x) - y))


@tf.function
def meta_step(xs, ys, xq, yq):
    before, after = 0.0, 0.0
    with tf.GradientTape() as outer:
        for k in range(4):
            with tf.GradientTape() as inner:
                support = mse(meta, xs[k], ys[k])
            fast = [p - INNER * g for p, g in zip(meta, inner.gradient(support, meta))]
            after += mse(fast, xq[k], yq[k]) / 4
            before += support / 4
    opt.apply_gradients(zip(outer.gradient(after, meta), meta))
    return before, after


for it in range(200):
    amp, ph = rng.uniform(0.5, 2, (4, 1, 1)), rng.uniform(0, np.pi, (4, 1, 1))
    x = rng.uniform(-3, 3, (4, 20, 1))
    y = amp * np.sin(x + ph)
    x, y = tf.constant(x, tf.float32), tf.constant(y, tf.float32)
    b, a = meta_step(x[:, :10], y[:, :10], x[:, 10:], y[:, 10:])
    if it % 40 == 0:
        print(it, "before", float(b), "after", float(a))
