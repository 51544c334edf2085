# fault: too-little-capacity
"""Compress six independent measurements with an autoencoder made of raw variables."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(79)
rng = np.random.default_rng(79)
measurements = rng.normal(size=(256, 6)).astype("float32")
CODE = 1


def dense(n_in, n_out, name):
    start = tf.random.normal((n_in, n_out), stddev=n_in ** -0.5)
    kernel = tf.Variable(start, name=name + "_kernel")
    bias = tf.Variable(tf.zeros(n_out), name=name + "_bias")
    return kernel, bias


layers = [
    dense(6, 16, "enc1"),
    dense(16, CODE, "enc2"),
    dense(CODE, 16, "dec1"),
    dense(16, 6, "dec2"),
]
variables = [v for pair in layers for v in pair]
optimizer = tf.keras.optimizers.Adam(0.01)


def reconstruct(x):
    for i, (kernel, bias) in enumerate(layers):
        x = x @ kernel + bias
        if i in (0, 2):
            x = tf.nn.elu(x)
    return x


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(reconstruct(batch) - batch))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for epoch in range(20):
    for start in range(0, 256, 64):
        loss = train_step(measurements[start:start + 64])
    if epoch % 4 == 0:
        print("epoch", epoch, "reconstruction error", loss.numpy())
