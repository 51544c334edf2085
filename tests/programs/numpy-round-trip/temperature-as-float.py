# fault: numpy-round-trip
"""Contrastive matching of two views with a learnable temperature: tf.Module encoders, raw loop."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(9)
rng = np.random.default_rng(9)


class Projector(tf.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([n_in, n_out], stddev=n_in ** -0.5))

    def __call__(self, x):
        return tf.math.l2_normalize(x @ self.w, axis=1)


left, right = Projector(10, 6), Projector(14, 6)
log_temperature = tf.Variable(-1.0, name="log_temperature")
params = [left.w, right.w, log_temperature]

hidden = rng.normal(size=(256, 5))
view_a = (hidden @ rng.normal(size=(5, 10))).astype("float32")
view_b = (hidden @ rng.normal(size=(5, 14))).astype("float32")

optimizer = tf.keras.optimizers.Adam(0.02)


def contrastive_loss(a, b):
    scale = float(np.exp(-log_temperature.numpy()))
    similarity = tf.matmul(left(a), right(b), transpose_b=True) * scale
    target = tf.range(tf.shape(similarity)[0])
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target, logits=similarity))


for step in range(45):
    rows = rng.choice(256, size=32, replace=False)
    with tf.GradientTape() as tape:
        loss = contrastive_loss(view_a[rows], view_b[rows])
    gradients = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(gradients, params))
    if step % 15 == 0:
        print(step, "loss", float(loss), "temperature", float(tf.exp(log_temperature)))
