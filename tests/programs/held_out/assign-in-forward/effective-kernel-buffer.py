# fault: assign-in-forward
"""Pruned dense layer: a fixed random mask is multiplied with the kernel and the product is kept
in a buffer that is used for the forward pass."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(28)


class PrunedDense(keras.layers.Layer):
    def __init__(self, units, keep=0.7):
        super().__init__()
        self.units, self.keep = units, keep

    def build(self, shape):
        n_in = int(shape[-1])
        mask = np.random.default_rng(28).random((n_in, self.units)) < self.keep
        self.mask = tf.constant(mask, tf.float32)
        self.kernel = self.add_weight(shape=(n_in, self.units), initializer="he_normal",
                                      name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        self.pruned = self.add_weight(shape=(n_in, self.units), initializer="zeros",
                                      trainable=False, name="pruned_kernel")

    def call(self, x):
        self.pruned.assign(self.kernel * self.mask)
        return tf.nn.relu(tf.matmul(x, self.pruned) + self.bias)


rng = np.random.default_rng(29)
X = rng.normal(size=(256, 10)).astype("float32")
labels = np.argmax(X[:, :3] + 0.5 * X[:, 3:6], axis=1)

net = keras.Sequential([PrunedDense(24), keras.layers.Dense(3)])
sce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)

for step in range(40):
    rows = rng.integers(0, 256, size=64)
    with tf.GradientTape() as tape:
        loss = sce(labels[rows], net(X[rows]))
    grads = tape.gradient(loss, net.trainable_weights)
    opt.apply_gradients(zip(grads, net.trainable_weights))
    if step % 10 == 0:
        print("step", step, "loss", round(float(loss), 4))
