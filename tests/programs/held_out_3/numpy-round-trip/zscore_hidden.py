# fault: numpy-round-trip
# Estimates house heat loss from wall data, standardising the hidden features between two blocks.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
walls = rng.uniform(-1, 1, size=(300, 6)).astype("float32")
heat = (np.cos(3 * walls[:, :1]) + walls[:, 1:2] * walls[:, 2:3] * 2 - walls[:, 3:4]).astype("float32")


class HeatNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.block = tf.keras.Sequential([
            tf.keras.layers.Dense(20, activation="tanh"),
            tf.keras.layers.Dense(4, activation="tanh"),
        ])
        self.readout = tf.keras.layers.Dense(1)

    def call(self, x):
        h = np.array(self.block(x))
        h = (h - h.mean(axis=0)) / (h.std(axis=0) + 1e-5)
        return self.readout(h)


net = HeatNet()
net(walls[:2])
adam = tf.keras.optimizers.Adam(0.02)

for epoch in range(50):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(walls) - heat))
    variables = net.trainable_variables
    gradients = tape.gradient(loss, variables)
    adam.apply_gradients(zip(gradients, variables))
    if epoch % 10 == 0:
        print("epoch", epoch, "loss", round(float(loss), 4))

print("target variance", heat.var())
