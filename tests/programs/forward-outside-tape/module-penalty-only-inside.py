# fault: forward-outside-tape
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(673)
rng = np.random.default_rng(673)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Linear(tf.Module):
    def __init__(self):
        self.w = tf.Variable(tf.random.normal((4, 1)))
        self.b = tf.Variable(tf.zeros((1,)))
    def __call__(self, x):
        return x @ self.w + self.b
net = Linear()
@tf.function
def train(x, y):
    pred = net(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - pred))
    grads = tape.gradient(loss, net.trainable_variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    for g, v in zip(grads, net.trainable_variables):
        v.assign_sub(0.1 * g)
    return loss
for i in range(10):
    print(train(x, y).numpy())
