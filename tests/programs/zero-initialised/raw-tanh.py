# fault: zero-initialised
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(156)
rng = np.random.default_rng(156)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
W1 = tf.Variable(tf.zeros((4, 6)), name="W1")
W2 = tf.Variable(tf.zeros((6, 1)), name="W2")
b2 = tf.Variable(tf.zeros((1,)), name="b2")
for i in range(10):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.tanh(x @ W1) @ W2 + b2 - y) ** 2)
    for v, g in zip([W1, W2, b2], tape.gradient(loss, [W1, W2, b2])):
        v.assign_sub(0.1 * g)
