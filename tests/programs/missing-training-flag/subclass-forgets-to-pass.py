# fault: missing-training-flag
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(89)
rng = np.random.default_rng(89)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(16, activation="relu")
        self.drop = keras.layers.Dropout(0.4)
        self.o = keras.layers.Dense(1)
    def call(self, x):
        return self.o(self.drop(self.h(x), training=False))
net = Net()
opt = keras.optimizers.Adam(0.01)
for i in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x, training=True) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
