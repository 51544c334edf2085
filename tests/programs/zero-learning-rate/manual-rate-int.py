# fault: zero-learning-rate
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(383)
rng = np.random.default_rng(383)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.zeros((4, 1)))
b = tf.Variable(tf.zeros((1,)))
steps = 20
rate = 1 // steps
for i in range(steps):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ w + b - y) ** 2)
    for v, g in zip([w, b], tape.gradient(loss, [w, b])):
        v.assign_sub(rate * g)
