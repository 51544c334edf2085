# fault: too-little-capacity
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
xy = rng.uniform(-1, 1, size=(1600, 2)).astype("float32")
tile = ((xy[:, 0] > 0) ^ (xy[:, 1] > 0)).astype("float32")[:, None]


class Net(keras.Model):
    def __init__(self, units=64):
        super().__init__()
        self.d1 = keras.layers.Dense(units)
        self.d2 = keras.layers.Dense(units)
        self.d3 = keras.layers.Dense(1)

    def call(self, x):
        return self.d3(self.d2(self.d1(x)))


net = Net()
opt = keras.optimizers.Adam(0.003)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = bce(y, net(x, training=True))
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return loss


for epoch in range(30):
    order = rng.permutation(1600)
    loss = np.mean([step(tf.constant(xy[b]), tf.constant(tile[b])).numpy() for b in np.split(order, 16)])
    if epoch % 6 == 5:
        acc = np.mean((net(xy).numpy() > 0) == (tile > 0))
        print(f"epoch {epoch + 1:2d} loss {loss:.4f} acc {acc:.3f}")
