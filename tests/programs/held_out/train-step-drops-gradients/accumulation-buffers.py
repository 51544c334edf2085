# fault: train-step-drops-gradients
"""Gradient accumulation in train_step: sum the gradients of several small batches per update."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(88)
rng = np.random.default_rng(88)
x = rng.normal(size=(160, 6)).astype("float32")
y = (x[:, :1] - 2.0 * x[:, 1:2] + 0.5).astype("float32")


class AccumulatingModel(keras.Model):
    def __init__(self, *args, accumulate=4, **kwargs):
        super().__init__(*args, **kwargs)
        self.accumulate = accumulate
        self.seen = tf.Variable(0, trainable=False)
        self.buffers = [tf.Variable(tf.zeros_like(v), trainable=False)
                        for v in self.trainable_variables]

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=targets, y_pred=self(inputs, training=True))
        for buffer, grad in zip(self.buffers, tape.gradient(loss, self.trainable_variables)):
            buffer.assign_add(grad / self.accumulate)
        self.seen.assign_add(1)
        full = tf.equal(self.seen % self.accumulate, 0)
        for buffer in self.buffers:
            buffer.assign(tf.where(full, tf.zeros_like(buffer), buffer))
        for metric in self.metrics:
            metric.update_state(loss)
        return self.get_metrics_result()


inputs = keras.Input((6,))
outputs = keras.layers.Dense(1)(keras.layers.Dense(12, activation="relu")(inputs))
model = AccumulatingModel(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
history = model.fit(x, y, batch_size=16, epochs=4, verbose=0)
print("loss", history.history["loss"])
