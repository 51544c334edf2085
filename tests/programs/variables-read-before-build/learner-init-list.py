# fault: variables-read-before-build
"""Meta-style learner object that owns a network and its own SGD rule; regression on random
linear tasks."""
import numpy as np
import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = tf.keras.layers.Dense(16, activation="relu")
        self.d2 = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.d2(self.d1(x))


class Learner:
    def __init__(self, net, rate):
        self.net = net
        self.rate = rate
        self.params = net.trainable_variables

    def update(self, x, y):
        with tf.GradientTape() as tape:
            error = tf.reduce_mean(tf.square(self.net(x) - y))
        grads = tape.gradient(error, self.params)
        for p, g in zip(self.params, grads):
            p.assign_sub(self.rate * g)
        return error


tf.keras.utils.set_random_seed(46)
rng = np.random.default_rng(46)
x = rng.normal(size=(128, 3)).astype("float32")
y = (x @ rng.normal(size=(3, 1))).astype("float32")
learner = Learner(Net(), rate=0.05)
for k in range(50):
    error = learner.update(x, y)
    if k % 10 == 0:
        print("update", k, "error", float(error))
