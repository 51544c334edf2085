# fault: sum-instead-of-mean
"""Subclassed regressor trained on the squared error of large batches."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(22)
rng = np.random.default_rng(22)
x = rng.normal(size=(512, 6)).astype("float32")
y = (x @ rng.normal(size=(6, 1)) + 0.1 * rng.normal(size=(512, 1))).astype("float32")


class Regressor(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.linear = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.linear(inputs)


net = Regressor()
optimizer = tf.keras.optimizers.SGD(0.01)

for epoch in range(10):
    for start in (0, 256):
        xb, yb = x[start:start + 256], y[start:start + 256]
        with tf.GradientTape() as tape:
            error = net(xb, training=True) - yb
            loss = tf.reduce_sum(tf.square(error))
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
    print("epoch", epoch, "loss", float(loss))
