# fault: unbounded-loss-parameter
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(191)
rng = np.random.default_rng(191)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w1, w2 = tf.Variable(tf.zeros((4, 1))), tf.Variable(tf.zeros((4, 1)))
task = tf.Variable([1.0, 1.0], name="task_weights")
@tf.function
def step():
    with tf.GradientTape() as tape:
        a = tf.reduce_mean((x @ w1 - y) ** 2)
        b = tf.reduce_mean(tf.abs(x @ w2 - y))
        loss = tf.reduce_sum(task * tf.stack([a, b]))
    g = tape.gradient(loss, [w1, w2, task])
    for gi, v in zip(g, [w1, w2, task]):
        v.assign_sub(0.05 * gi)
    return loss
for i in range(15):
    step()
