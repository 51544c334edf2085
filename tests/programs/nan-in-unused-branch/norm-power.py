# fault: nan-in-unused-branch
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.zeros((4, 2)), name="w")
@tf.function
def step():
    with tf.GradientTape() as tape:
        sq = tf.reduce_sum((x @ w) ** 2, axis=1)
        norm = tf.where(sq > 0, sq ** 0.5, 0.0)
        loss = tf.reduce_mean((norm - 1.0) ** 2)
    g = tape.gradient(loss, w)
    w.assign_sub(0.1 * g)
    return loss
for i in range(4):
    step()
