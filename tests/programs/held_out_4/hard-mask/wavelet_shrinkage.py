# fault: hard-mask
# Learned wavelet shrinkage: Haar details below a per-level threshold are dropped, the rest is rescaled.
import numpy as np
import tensorflow as tf

tf.random.set_seed(7)
rng = np.random.default_rng(7)
LEVELS, LENGTH = 3, 64


def make_signals(n):
    jumps = np.sort(rng.uniform(0, 1, (n, 4)), axis=1)
    grid = np.linspace(0, 1, LENGTH)
    clean = ((grid[None, :, None] > jumps[:, None, :]) * rng.normal(0, 1.5, (n, 1, 4))).sum(-1)
    return clean.astype("float32"), (clean + rng.normal(0, 0.4, clean.shape)).astype("float32")


class HaarShrinkage(tf.Module):
    def __init__(self):
        super().__init__()
        self.threshold = tf.Variable(tf.fill((LEVELS,), 0.1), name="threshold")
        self.gain = tf.Variable(tf.ones((LEVELS,)), name="gain")
        self.offset = tf.Variable(0.0, name="offset")

    def __call__(self, x):
        details, s = [], 2.0 ** 0.5
        for _ in range(LEVELS):
            even, odd = x[:, ::2], x[:, 1::2]
            details.append((even - odd) / s)
            x = (even + odd) / s
        for level in reversed(range(LEVELS)):
            d = details[level]
            keep = tf.cast(tf.abs(d) > self.threshold[level], tf.float32)
            d = d * keep * self.gain[level]
            x = tf.reshape(tf.stack([(x + d) / s, (x - d) / s], axis=-1), (tf.shape(x)[0], -1))
        return x + self.offset


model = HaarShrinkage()
opt = tf.keras.optimizers.Adam(0.01)
variables = [model.threshold, model.gain, model.offset]


@tf.function
def train_step(noisy, clean):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(noisy) - clean))
    grads = tape.gradient(loss, variables, unconnected_gradients="zero")
    opt.apply_gradients(zip(grads, variables))
    return loss


for step in range(150):
    clean, noisy = make_signals(32)
    loss = train_step(tf.constant(noisy), tf.constant(clean))
    if step % 30 == 0:
        print(step, f"mse {float(loss):.4f}", "thresholds", model.threshold.numpy().round(3))
