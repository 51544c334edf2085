# fault: reordered-pairs
"""Deep narrow network on a smooth function; gradients are clipped in a helper that returns
them sorted by variable path, for readable logs."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
x = rng.uniform(-1, 1, size=(240, 6)).astype("float32")
y = np.tanh(x @ rng.normal(size=(6, 6))).astype("float32")

names = ["input_block", "context", "bottleneck", "answer"]
blocks = [keras.layers.Dense(6, activation="tanh", name=n) for n in names]
model = keras.Sequential([keras.Input((6,))] + blocks)
optimizer = keras.optimizers.SGD(0.2)


def clipped_gradients(tape, loss, variables):
    by_path = {v.path: v for v in variables}
    grads = {path: tape.gradient(loss, by_path[path]) for path in sorted(by_path)}
    for path in grads:
        grads[path] = tf.clip_by_norm(grads[path], 1.0)
    return list(grads.values())


def kernels_then_biases():
    return [b.kernel for b in blocks] + [b.bias for b in blocks]


for step in range(25):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    kernel_grads = clipped_gradients(tape, loss, [b.kernel for b in blocks])
    bias_grads = clipped_gradients(tape, loss, [b.bias for b in blocks])
    del tape
    optimizer.apply_gradients(zip(kernel_grads + bias_grads, kernels_then_biases()))
    if step % 5 == 0:
        print("step", step, "loss", float(loss))
