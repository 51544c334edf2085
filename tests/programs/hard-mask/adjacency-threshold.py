# fault: hard-mask
# A learned cut-off makes an adjacency matrix that mixes the nodes.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
nodes = rng.normal(size=(64, 10, 4)).astype("float32")
close = np.linalg.norm(nodes[:, :, None] - nodes[:, None], axis=-1).astype("float32")
y = np.tanh((nodes * (close < 2.5).sum(-1, keepdims=True)).mean((1, 2)))[:, None].astype("float32")


class Graph(keras.layers.Layer):
    def build(self, shape):
        self.cut = self.add_weight(shape=(), initializer=keras.initializers.Constant(1.5), name="cut")
        self.mix = self.add_weight(shape=(4, 8), name="mix")

    def call(self, inputs):
        h, d = inputs
        adjacency = tf.cast(tf.math.less(d, self.cut), tf.float32)
        adjacency = adjacency / (tf.reduce_sum(adjacency, axis=-1, keepdims=True) + 1e-6)
        return tf.nn.relu(tf.matmul(adjacency, tf.matmul(h, self.mix)))


h, d = keras.Input((10, 4)), keras.Input((10, 10))
out = layers.Dense(1)(layers.GlobalAveragePooling1D()(Graph()([h, d])))
net = keras.Model([h, d], out)
opt = keras.optimizers.Adam(0.01)
for i in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net([nodes, close]) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
print(float(loss))
