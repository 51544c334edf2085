# fault: missing-training-flag
"""Classifier with batch normalisation and dropout, train_step written by hand."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(89)
rng = np.random.default_rng(89)
x = (rng.normal(size=(180, 8)) * 1.5 + 1.0).astype("float32")
y = (x[:, 0] > x[:, 1]).astype("float32")[:, None]


class NormalisedNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = keras.layers.Dense(24)
        self.norm = keras.layers.BatchNormalization()
        self.drop = keras.layers.Dropout(0.3)
        self.last = keras.layers.Dense(1)

    def call(self, inputs, training=None):
        h = tf.nn.relu(self.norm(self.first(inputs), training=training))
        return self.last(self.drop(h, training=training))

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            logits = self(inputs)
            loss = self.compute_loss(y=targets, y_pred=logits)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            metric.update_state(loss)
        return self.get_metrics_result()


net = NormalisedNet()
net.compile(optimizer=keras.optimizers.Adam(0.01),
            loss=keras.losses.BinaryCrossentropy(from_logits=True))
history = net.fit(x, y, batch_size=45, epochs=6, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("evaluation", net.evaluate(x, y, verbose=0))
