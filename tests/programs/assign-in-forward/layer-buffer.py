# fault: assign-in-forward
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(277)
rng = np.random.default_rng(277)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Buffered(keras.layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 5), initializer="glorot_uniform", name="kernel")
        self.buffer = self.add_weight(shape=(128, 5), initializer="zeros", trainable=False, name="buffer")
    def call(self, x):
        self.buffer.assign(keras.ops.matmul(x, self.kernel))
        return keras.ops.tanh(self.buffer + 0.0)
model = keras.Sequential([Buffered(), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.01)
for i in range(6):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients([(g, v) for g, v in zip(grads, model.trainable_variables) if g is not None])
