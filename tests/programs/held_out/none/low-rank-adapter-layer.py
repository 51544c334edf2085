# fault: none
"""A fixed random feature map with a trainable low-rank correction that starts at zero."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(118)
rng = np.random.default_rng(118)
x = rng.normal(size=(150, 8)).astype("float32")
y = (x @ rng.normal(size=(8, 4)) * 0.7).astype("float32")


class Adapter(keras.layers.Layer):
    def __init__(self, units, rank):
        super().__init__()
        self.units, self.rank = units, rank

    def build(self, input_shape):
        width = input_shape[-1]
        self.base = rng.normal(scale=0.3, size=(width, self.units)).astype("float32")
        self.down = self.add_weight(
            shape=(width, self.rank), initializer="glorot_uniform", name="down")
        self.up = self.add_weight(shape=(self.rank, self.units), initializer="zeros", name="up")

    def call(self, inputs):
        return inputs @ self.base + (inputs @ self.down) @ self.up


layer = Adapter(units=4, rank=4)
layer.build((None, 8))
optimizer = keras.optimizers.Adam(0.05)


@tf.function
def fit_once(inputs, targets):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(layer(inputs) - targets))
    grads = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(grads, layer.trainable_variables))
    return loss


for step in range(50):
    loss = fit_once(x, y)
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
