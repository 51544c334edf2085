# fault: frozen-python-state
"""Train the decoder of an autoencoder alone for ten steps, then the encoder joins in."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(56)
rng = np.random.default_rng(56)
data = (rng.normal(size=(120, 3)) @ rng.normal(size=(3, 8))).astype("float32")


class Trainer:
    def __init__(self):
        self.encoder = tf.keras.Sequential([tf.keras.Input((8,)), tf.keras.layers.Dense(3)])
        self.decoder = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(8)])
        self.decoder_opt = tf.keras.optimizers.Adam(0.02)
        self.encoder_opt = tf.keras.optimizers.Adam(0.02)
        self.train_encoder = False

    @tf.function
    def step(self, batch):
        with tf.GradientTape(persistent=True) as tape:
            rebuilt = self.decoder(self.encoder(batch, training=True), training=True)
            loss = tf.reduce_mean(tf.square(rebuilt - batch))
        v = self.decoder.trainable_variables
        self.decoder_opt.apply_gradients(zip(tape.gradient(loss, v), v))
        if self.train_encoder:
            v = self.encoder.trainable_variables
            self.encoder_opt.apply_gradients(zip(tape.gradient(loss, v), v))
        return loss


trainer = Trainer()
for i in range(60):
    if i == 10:
        trainer.train_encoder = True
    loss = trainer.step(data)
    if i % 10 == 0:
        print("step", i, "encoder", trainer.train_encoder, "loss", float(loss))
