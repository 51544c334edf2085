# fault: frozen-python-state
"""Classifier with an auxiliary regression head that a callback switches on after two epochs."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(82)
rng = np.random.default_rng(82)
x = rng.normal(size=(160, 6)).astype("float32")
side = (x[:, 0] + x[:, 1] > 0).astype("float32")[:, None]
size = (x[:, 2:3] - x[:, 3:4]).astype("float32")


class TwoHeads(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.layers.Dense(16, activation="relu")
        self.side = keras.layers.Dense(1)
        self.size = keras.layers.Dense(1, name="size_head")
        self.aux_weight = 0.0
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)
        self.mean_loss = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        h = self.trunk(inputs)
        return self.side(h), self.size(h)

    def train_step(self, data):
        inputs, (label, value) = data
        with tf.GradientTape() as tape:
            logit, estimate = self(inputs, training=True)
            main = self.bce(label, logit)
            auxiliary = tf.reduce_mean(tf.square(value - estimate))
            loss = main + self.aux_weight * auxiliary
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.mean_loss.update_state(loss)
        return {"loss": self.mean_loss.result(), "auxiliary": auxiliary}


class SwitchOn(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.aux_weight = 0.0 if epoch < 2 else 1.0


model = TwoHeads()
model.compile(optimizer=keras.optimizers.Adam(0.01))
history = model.fit(x, (side, size), batch_size=40, epochs=6, callbacks=[SwitchOn()], verbose=0)
print("loss", np.round(history.history["loss"], 3))
print("auxiliary", np.round(history.history["auxiliary"], 3))
