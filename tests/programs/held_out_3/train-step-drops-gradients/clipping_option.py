# fault: train-step-drops-gradients
# A model class with an optional gradient clipping in its own train_step.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(440)
rng = np.random.default_rng(440)
cells = rng.normal(size=(320, 8)).astype("float32")
alive = ((cells[:, 0] + cells[:, 1] - cells[:, 2]) > 0).astype("float32")[:, None]


class ClippedModel(keras.Model):
    def __init__(self, clip_norm=None):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.out = keras.layers.Dense(1)
        self.clip_norm = clip_norm

    def call(self, x):
        return self.out(self.hidden(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        if self.clip_norm is not None:
            gradients, _ = tf.clip_by_global_norm(gradients, self.clip_norm)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


model = ClippedModel()
model.compile(optimizer=keras.optimizers.Adam(0.01),
              loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
model.fit(cells, alive, batch_size=32, epochs=6, verbose=2)
