# fault: none
"""Denoising autoencoder with a train_step of its own and a metric of its own."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(120)
rng = np.random.default_rng(120)
clean = (rng.normal(size=(160, 3)) @ rng.normal(size=(3, 10))).astype("float32") / 1.5


class Denoiser(keras.Model):
    def __init__(self, width):
        super().__init__()
        self.encode = keras.layers.Dense(width, activation="relu")
        self.drop = keras.layers.Dropout(0.05)
        self.decode = keras.layers.Dense(10)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.seed = keras.random.SeedGenerator(120)

    def call(self, x, training=False):
        return self.decode(self.drop(self.encode(x), training=training))

    @property
    def metrics(self):
        return [self.loss_tracker]

    def train_step(self, batch):
        noisy = batch + 0.2 * keras.random.normal(tf.shape(batch), seed=self.seed)
        with tf.GradientTape() as tape:
            restored = self(noisy, training=True)
            loss = tf.reduce_mean(tf.square(restored - batch))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


model = Denoiser(24)
model.compile(optimizer=keras.optimizers.Adam(0.01))
history = model.fit(clean, batch_size=32, epochs=8, verbose=0)
print("loss", np.round(history.history["loss"], 4))
