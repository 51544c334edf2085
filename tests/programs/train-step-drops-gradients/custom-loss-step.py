# fault: train-step-drops-gradients
"""Regression with a custom train_step that uses a robust loss."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(69)
rng = np.random.default_rng(69)
x = rng.normal(size=(160, 5)).astype("float32")
y = (x @ rng.normal(size=(5, 1)) + rng.standard_t(3, size=(160, 1))).astype("float32")


class RobustRegressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.out = keras.layers.Dense(1)
        self.huber = keras.losses.Huber()
        self.loss_mean = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        return self.out(self.hidden(inputs))

    @property
    def metrics(self):
        return [self.loss_mean]

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            loss = self.huber(targets, self(inputs, training=True))
        tape.gradient(loss, self.trainable_variables)
        self.loss_mean.update_state(loss)
        return {"loss": self.loss_mean.result()}


model = RobustRegressor()
model.compile(optimizer=keras.optimizers.Adam(0.01))
history = model.fit(x, y, batch_size=32, epochs=6, verbose=0)
print("loss", history.history["loss"])
