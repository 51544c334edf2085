# fault: vanishing-gradient
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(377)
rng = np.random.default_rng(377)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Deep(tf.Module):
    def __init__(self):
        sizes = [4] + [8] * 7 + [1]
        self.ws = [tf.Variable(tf.random.normal((a, b), stddev=0.05)) for a, b in zip(sizes, sizes[1:])]
    def __call__(self, h):
        for w in self.ws[:-1]:
            h = tf.tanh(h @ w)
        return h @ self.ws[-1]
net = Deep()
for i in range(15):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    for v, g in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables)):
        v.assign_sub(0.05 * g)
