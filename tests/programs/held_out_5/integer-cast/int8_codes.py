# fault: integer-cast
# Learned compression of sensor windows
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(21)
gen = np.random.default_rng(21)
basis = gen.normal(size=(4, 20)) / 2.0
windows = (gen.normal(size=(512, 4)) @ basis).astype("float32")


class Codec(keras.Model):
    def __init__(self, n_codes=4):
        super().__init__()
        self.enc1 = keras.layers.Dense(32, activation="tanh")
        self.enc2 = keras.layers.Dense(n_codes, activation="tanh")
        self.dec1 = keras.layers.Dense(32, activation="tanh")
        self.dec2 = keras.layers.Dense(20)

    def compress(self, x):
        z = self.enc2(self.enc1(x))
        return tf.cast(z * 127.0, tf.int8)

    def expand(self, codes):
        z = tf.cast(codes, tf.float32) / 127.0
        return self.dec2(self.dec1(z))

    def call(self, x):
        return self.expand(self.compress(x))


codec = Codec()
opt = keras.optimizers.Adam(0.005)
data = tf.data.Dataset.from_tensor_slices(windows).shuffle(512, seed=0).batch(64)

for epoch in range(15):
    tot = 0.0
    for xb in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(codec(xb, training=True) - xb))
        grads = tape.gradient(loss, codec.trainable_variables)
        opt.apply_gradients(zip(grads, codec.trainable_variables))
        tot += float(loss)
    if epoch % 5 == 4:
        print("epoch", epoch + 1, "mse", tot / 8, "signal power", float(np.mean(windows ** 2)))
