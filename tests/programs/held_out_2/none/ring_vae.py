# fault: none
# Variational autoencoder for noisy rings; the KL term is added by the sampling layer.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
phase = rng.uniform(0, 2 * np.pi, (400, 1))
x = (np.sin(phase + np.linspace(0, 2 * np.pi, 16)) + 0.05 * rng.normal(size=(400, 16))).astype("float32")


class Sampling(layers.Layer):
    def __init__(self, beta=0.02):
        super().__init__()
        self.beta = beta

    def call(self, inputs):
        mean, log_var = inputs
        kl = 0.5 * tf.reduce_mean(tf.reduce_sum(tf.square(mean) + tf.exp(log_var) - 1.0 - log_var, axis=1))
        self.add_loss(self.beta * kl)
        return mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))


inputs = keras.Input((16,))
h = layers.Dense(32, activation="relu")(inputs)
z = Sampling()([layers.Dense(2, name="mean")(h), layers.Dense(2, name="log_var")(h)])
out = layers.Dense(16)(layers.Dense(32, activation="relu")(z))
vae = keras.Model(inputs, out)
optimizer = keras.optimizers.Adam(0.01)
optimizer.build(vae.trainable_variables)


@tf.function
def step(batch):
    with tf.GradientTape() as tape:
        reconstruction = tf.reduce_mean(tf.square(vae(batch, training=True) - batch))
        loss = reconstruction + tf.add_n(vae.losses)
    optimizer.apply_gradients(zip(tape.gradient(loss, vae.trainable_variables), vae.trainable_variables))
    return reconstruction, loss


for epoch in range(12):
    rows = [step(b) for b in tf.data.Dataset.from_tensor_slices(x).shuffle(400, seed=epoch).batch(50)]
    if epoch % 3 == 2:
        print("epoch", epoch, "reconstruction, total:", np.mean(rows, axis=0).round(4))
