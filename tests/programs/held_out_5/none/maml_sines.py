# fault: none
"""Second-order MAML on sine regression with a functional net."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(17)
H = 24
theta = [
    tf.Variable(rng.normal(size=(1, H)).astype("float32")),
    tf.Variable(tf.zeros((H,))),
    tf.Variable((rng.normal(size=(H, H)) / np.sqrt(H)).astype("float32")),
    tf.Variable(tf.zeros((H,))),
    tf.Variable((rng.normal(size=(H, 1)) / np.sqrt(H)).astype("float32")),
    tf.Variable(tf.zeros((1,))),
]


def net(x, p):
    h = tf.tanh(x @ p[0] + p[1])
    h = tf.tanh(h @ p[2] + p[3])
    return h @ p[4] + p[5]


def mse(x, y, p):
    return tf.reduce_mean(tf.square(net(x, p) - y))


def task():
    amp, ph = rng.uniform(0.5, 2.0), rng.uniform(0, 3.14)
    x = rng.uniform(-3, 3, size=(20, 1)).astype("float32")
    return x, (amp * np.sin(x + ph)).astype("float32")


opt = keras.optimizers.Adam(0.005)


@tf.function
def meta_step(xs, ys):
    total = 0.0
    with tf.GradientTape() as outer:
        for k in range(4):
            xa, ya, xb, yb = xs[k, :10], ys[k, :10], xs[k, 10:], ys[k, 10:]
            with tf.GradientTape() as inner:
                inner.watch(theta)
                la = mse(xa, ya, theta)
            fast = [p - 0.1 * g for p, g in zip(theta, inner.gradient(la, theta))]
            total += mse(xb, yb, fast) / 4.0
    opt.apply_gradients(zip(outer.gradient(total, theta), theta))
    return total


log = []
for it in range(600):
    batch = [task() for _ in range(4)]
    log.append(float(meta_step(tf.constant(np.stack([b[0] for b in batch])), tf.constant(np.stack([b[1] for b in batch])))))
    if it % 100 == 99:
        print(it + 1, "post-adaptation mse", np.mean(log[-50:]))
