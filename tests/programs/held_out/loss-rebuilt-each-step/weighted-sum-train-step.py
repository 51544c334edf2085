# fault: loss-rebuilt-each-step
"""Denoising autoencoder with a train_step of its own: the reconstruction scale per
channel is learned with the network."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
clean = (rng.normal(size=(128, 2)) @ rng.normal(size=(2, 6))).astype("float32")
clean *= np.array([1, 1, 1, 2, 2, 3], dtype="float32")
noisy = (clean + 0.2 * rng.normal(size=clean.shape)).astype("float32")


class ChannelScaledError:
    def __init__(self, channels):
        self.log_scale = keras.Variable(np.zeros(channels, "float32"), name="log_scale")

    def __call__(self, target, output):
        residual = tf.reduce_mean(tf.square(target - output), axis=0)
        return tf.reduce_mean(tf.exp(-self.log_scale) * residual + self.log_scale)


class Denoiser(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.layers.Dense(8, activation="tanh")
        self.decoder = keras.layers.Dense(6)
        self.tracker = keras.metrics.Mean(name="loss")
        self.scales = None

    def call(self, x):
        return self.decoder(self.encoder(x))

    def train_step(self, data):
        x, target = data
        error = ChannelScaledError(channels=6)
        with tf.GradientTape() as tape:
            loss = error(target, self(x, training=True))
        params = self.trainable_variables
        grads = tape.gradient(loss, params + [error.log_scale])
        self.optimizer.apply_gradients(zip(grads[:-1], params))
        error.log_scale.assign_sub(0.1 * grads[-1])
        self.scales = error.log_scale.numpy()
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}


model = Denoiser()
model.compile(optimizer=keras.optimizers.Adam(0.01), run_eagerly=True)
model.fit(noisy, clean, batch_size=64, epochs=7, verbose=2)
print("learned log scales", model.scales)
