# fault: numpy-round-trip
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(218)
rng = np.random.default_rng(218)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones", name="gain")
    def call(self, x):
        g = np.asarray(keras.ops.softplus(self.gain))
        return x * g
inp = keras.Input((4,))
scale, dense = Scale(), keras.layers.Dense(1)
scale.build((None, 4))
dense.build((None, 4))
opt = keras.optimizers.Adam(0.01)
vs = scale.trainable_variables + dense.trainable_variables
for i in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((dense(scale(tf.constant(x))) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
