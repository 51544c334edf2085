# fault: not-a-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(610)
rng = np.random.default_rng(610)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Gate(keras.layers.Layer):
    def build(self, shape):
        self.gate = tf.ones((int(shape[-1]),))
    def call(self, x):
        return x * self.gate
g1, d1 = Gate(), keras.layers.Dense(1)
opt = keras.optimizers.SGD(0.05)
g1(x); d1(x)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((d1(g1(x)) - y) ** 2)
    vs = g1.trainable_variables + d1.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
    return loss
for i in range(8):
    step()
