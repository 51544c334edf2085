# fault: none
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)


class GAN(keras.Model):
    def __init__(self):
        super().__init__()
        self.g = keras.Sequential([keras.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(2)])
        self.d = keras.Sequential([keras.Input((2,)), layers.Dense(32), layers.LeakyReLU(), layers.Dense(32), layers.LeakyReLU(), layers.Dense(1)])

    def compile(self, g_opt, d_opt):
        super().compile()
        self.g_opt, self.d_opt = g_opt, d_opt

    def train_step(self, real):
        n = tf.shape(real)[0]
        fake = self.g(tf.random.normal((n, 4)))
        with tf.GradientTape() as tape:
            lr_, lf = self.d(real), self.d(fake)
            d_loss = tf.reduce_mean(tf.nn.softplus(-lr_)) + tf.reduce_mean(tf.nn.softplus(lf))
        self.d_opt.apply_gradients(zip(tape.gradient(d_loss, self.d.trainable_variables), self.d.trainable_variables))
        with tf.GradientTape() as tape:
            g_loss = tf.reduce_mean(tf.nn.softplus(-self.d(self.g(tf.random.normal((n, 4))))))
        self.g_opt.apply_gradients(zip(tape.gradient(g_loss, self.g.trainable_variables), self.g.trainable_variables))
        return {"d": d_loss, "g": g_loss}


real = rng.normal(size=(2000, 2)) * np.array([0.5, 0.2]) + np.array([2.0, -1.0])
real = real.astype("float32")
gan = GAN()
gan.compile(keras.optimizers.Adam(1e-3, beta_1=0.5), keras.optimizers.Adam(1e-3, beta_1=0.5))
s = gan.g(tf.random.normal((1000, 4))).numpy()
print("start", "distance of means", np.linalg.norm(s.mean(0) - real.mean(0)), "std", s.std(0))
for block in range(5):
    gan.fit(real, batch_size=100, epochs=8, verbose=0)
    s = gan.g(tf.random.normal((1000, 4))).numpy()
    print("block", block, "distance of means", np.linalg.norm(s.mean(0) - real.mean(0)), "std", s.std(0))
