# fault: train-step-drops-gradients
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(204)
rng = np.random.default_rng(204)
class GAN(keras.Model):
    def __init__(self):
        super().__init__()
        self.g = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(2)])
        self.d = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
    def compile(self, g_opt, d_opt):
        super().compile()
        self.g_opt, self.d_opt = g_opt, d_opt
    def train_step(self, real):
        z = tf.random.normal((32, 3))
        with tf.GradientTape() as tape:
            dl = tf.reduce_mean(tf.nn.softplus(-self.d(real))) + tf.reduce_mean(tf.nn.softplus(self.d(self.g(z))))
        gd = tape.gradient(dl, self.d.trainable_variables)
        self.d_opt.apply_gradients(zip(gd, self.d.trainable_variables))
        with tf.GradientTape() as tape:
            gl = tf.reduce_mean(tf.nn.softplus(-self.d(self.g(z))))
        gg = tape.gradient(gl, self.g.trainable_variables)
        return {"d": dl, "g": gl}
gan = GAN()
gan.compile(keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3))
gan.fit(rng.normal(size=(128, 2)).astype("float32"), batch_size=32, epochs=3, verbose=0)
