# fault: decayed-to-nothing
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(835)
rng = np.random.default_rng(835)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.random.normal((4, 1)))
lr = 0.02
for i in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ w - y) ** 2)
    w.assign_sub(lr * tape.gradient(loss, w))
    lr *= 0.5
