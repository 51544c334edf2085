# fault: loss-ignores-prediction
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(667)
rng = np.random.default_rng(667)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Net(tf.Module):
    def __init__(self):
        self.trunk = tf.Variable(tf.random.normal((4, 6)), name="trunk")
        self.mean = tf.Variable(tf.random.normal((6, 1)), name="mean")
        self.var = tf.Variable(tf.random.normal((6, 1)), name="var")
    def __call__(self, x):
        h = tf.tanh(x @ self.trunk)
        return h @ self.mean, tf.nn.softplus(h @ self.var)
net = Net()
opt = keras.optimizers.Adam(0.01)
for i in range(8):
    with tf.GradientTape() as tape:
        mu, var = net(x)
        loss = tf.reduce_mean((mu - y) ** 2)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients([(a, b) for a, b in zip(g, net.trainable_variables) if a is not None])
