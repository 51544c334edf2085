# fault: exhausted-zip
# Clips in a generator, logs the largest gradient, then applies by hand.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
x = rng.normal(size=(320, 6)).astype("float32")
y = np.tanh(x[:, :1] - x[:, 1:2] * x[:, 2:3]).astype("float32")

w1 = tf.Variable(tf.random.normal((6, 16), stddev=0.4))
b1 = tf.Variable(tf.zeros(16))
w2 = tf.Variable(tf.random.normal((16, 1), stddev=0.3))


def train(steps):
    params = [w1, b1, w2]
    for step in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((tf.nn.relu(x @ w1 + b1) @ w2 - y) ** 2)
        pairs = ((tf.clip_by_norm(g, 1.0), v) for g, v in zip(tape.gradient(loss, params), params))
        largest = max(float(tf.norm(g)) for g, _ in pairs)
        for g, v in pairs:
            v.assign_sub(0.1 * g)
        if step % 10 == 0:
            print(step, float(loss), largest)


train(40)
