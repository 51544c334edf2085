# fault: double-softmax
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(913)
rng = np.random.default_rng(913)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = keras.layers.Dense(1)
    def call(self, x):
        return tf.sigmoid(self.d(x))
net = Net()
bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.05)
for i in range(8):
    with tf.GradientTape() as tape:
        loss = bce(y, net(x))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
