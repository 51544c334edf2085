# fault: ignored-layer-losses
# Trains a small variational autoencoder on correlated measurements and watches its KL term.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(180)
rng = np.random.default_rng(180)
latent = rng.normal(size=(512, 2))
data = np.tanh(latent @ rng.normal(size=(2, 10))).astype("float32")


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        kl = -0.5 * tf.reduce_sum(1 + log_var - tf.square(mean) - tf.exp(log_var), axis=1)
        self.add_loss(0.1 * tf.reduce_mean(kl))
        return mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))


x_in = keras.Input((10,))
h = keras.layers.Dense(16, activation="tanh")(x_in)
mean = keras.layers.Dense(2, name="mean")(h)
log_var = keras.layers.Dense(2, name="log_var")(h)
z = Sampling(name="sampling")([mean, log_var])
out = keras.layers.Dense(10)(keras.layers.Dense(16, activation="tanh")(z))
vae = keras.Model(x_in, out)
adam = keras.optimizers.Adam(0.01)


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        rebuilt = vae(x, training=True)
        loss = tf.reduce_mean(tf.reduce_sum(tf.square(x - rebuilt), axis=1))
    grads = tape.gradient(loss, vae.trainable_variables)
    adam.apply_gradients(zip(grads, vae.trainable_variables))
    return loss


for epoch in range(15):
    for i in range(0, 512, 64):
        loss = train_step(tf.constant(data[i:i + 64]))
    vae(data, training=True)
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} reconstruction {float(loss):.3f} weighted kl {float(vae.losses[0]):.3f}")
