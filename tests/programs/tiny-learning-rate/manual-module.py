# fault: tiny-learning-rate
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(829)
rng = np.random.default_rng(829)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Lin(tf.Module):
    def __init__(self):
        self.w = tf.Variable(tf.random.normal((4, 1)))
        self.b = tf.Variable(tf.zeros((1,)))
net = Lin()
LR = 1e-8
for i in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ net.w + net.b - y) ** 2)
    for v, g in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables)):
        v.assign(v - LR * g)
