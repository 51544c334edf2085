# fault: none
# vector-quantised autoencoder with a straight-through estimator
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(103)
K, D = 16, 4


class Quantizer(tf.keras.layers.Layer):
    def build(self, shape):
        self.codebook = self.add_weight(shape=(K, D), initializer=tf.keras.initializers.RandomNormal(stddev=0.5), name="codebook")

    def call(self, z):
        d = tf.reduce_sum(z ** 2, 1, keepdims=True) - 2 * z @ tf.transpose(self.codebook) + tf.reduce_sum(self.codebook ** 2, 1)
        idx = tf.argmin(d, 1)
        q = tf.gather(self.codebook, idx)
        book = tf.reduce_mean((q - tf.stop_gradient(z)) ** 2)
        commit = tf.reduce_mean((z - tf.stop_gradient(q)) ** 2)
        return z + tf.stop_gradient(q - z), book + 0.25 * commit, idx


centres = np.random.randn(8, 20)
X = (centres[np.random.randint(0, 8, 1024)] + 0.2 * np.random.randn(1024, 20)).astype("float32")
enc = tf.keras.Sequential([tf.keras.Input((20,)), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(D)])
dec = tf.keras.Sequential([tf.keras.Input((D,)), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(20)])
vq = Quantizer()
vq.build((None, D))
opt = tf.keras.optimizers.Adam(3e-3)
params = enc.trainable_variables + vq.trainable_variables + dec.trainable_variables


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        q, vq_loss, idx = vq(enc(x))
        rec = tf.reduce_mean((dec(q) - x) ** 2)
        loss = rec + vq_loss
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return rec, vq_loss, tf.size(tf.unique(idx)[0])


for i in range(240):
    rec, extra, used = step(tf.constant(X[np.random.randint(0, 1024, 128)]))
    if i % 40 == 0:
        print(i, float(rec), float(extra), int(used))
