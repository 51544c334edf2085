# fault: untracked-variable
"""FiLM-conditioned regressor: the modulation parameters (gain and shift of the hidden units)
sit together in a dataclass, everything is trained with a train_step override."""
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(38)


@dataclass
class Modulation:
    gain: keras.Variable
    shift: keras.Variable

    def apply(self, h):
        return h * self.gain + self.shift


class FilmRegressor(keras.Model):
    def __init__(self, width=12):
        super().__init__()
        self.hidden = keras.layers.Dense(width, activation="tanh")
        self.modulation = Modulation(
            gain=keras.Variable(np.ones(width, "float32"), name="gain"),
            shift=keras.Variable(np.zeros(width, "float32"), name="shift"),
        )
        self.readout = keras.layers.Dense(1)

    def call(self, x):
        return self.readout(keras.ops.relu(self.modulation.apply(self.hidden(x))))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            metric.update_state(loss)
        return {metric.name: metric.result() for metric in self.metrics}


rng = np.random.default_rng(38)
x = rng.normal(size=(240, 4)).astype("float32")
y = np.maximum(x[:, :1] + x[:, 1:2], 0.0).astype("float32")

model = FilmRegressor()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, batch_size=40, epochs=6, verbose=2)
