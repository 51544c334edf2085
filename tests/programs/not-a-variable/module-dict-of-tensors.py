# fault: not-a-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(187)
rng = np.random.default_rng(187)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Net(tf.Module):
    def __init__(self):
        self.params = {"w": tf.random.normal((4, 6)), "b": tf.zeros((6,))}
        self.out = tf.Variable(tf.random.normal((6, 1)))
    def __call__(self, x):
        return tf.nn.relu(x @ self.params["w"] + self.params["b"]) @ self.out
net = Net()
opt = keras.optimizers.Adam(0.01)
for i in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
