# fault: variables-read-before-build
# denoising autoencoder for signals, encoder and decoder written in two styles
import numpy as np
import tensorflow as tf

tf.random.set_seed(6)
rng = np.random.default_rng(6)


class Encoder(tf.keras.Model):
    def __init__(self, code):
        super().__init__()
        self.a = tf.keras.layers.Dense(32, activation="relu")
        self.b = tf.keras.layers.Dense(code)

    def call(self, x):
        return self.b(self.a(x))


encoder = Encoder(5)
code = tf.keras.Input((5,))
decoder = tf.keras.Model(code, tf.keras.layers.Dense(40)(tf.keras.layers.Dense(32, activation="relu")(code)))

params = list(encoder.trainable_variables) + list(decoder.trainable_variables)
adam = tf.keras.optimizers.Adam(learning_rate=3e-3)

grid = np.linspace(0, 2 * np.pi, 40)


def sample(n):
    amp = rng.uniform(0.5, 1.5, (n, 1))
    clean = amp * np.sin(grid * rng.uniform(0.5, 2, (n, 1)) + rng.uniform(0, 6, (n, 1)))
    noisy = clean + 0.2 * rng.standard_normal(clean.shape)
    return noisy.astype("float32"), clean.astype("float32")


for step in range(120):
    noisy, clean = sample(64)
    with tf.GradientTape() as tape:
        rec = decoder(encoder(noisy))
        loss = tf.reduce_mean(tf.square(rec - clean))
    adam.apply_gradients(zip(tape.gradient(loss, params), params))
    if step % 40 == 0:
        print(step, float(loss))
