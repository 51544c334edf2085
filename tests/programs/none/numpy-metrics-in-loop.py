# fault: none
"""Classifier with a custom loop; F1 score, confusion matrix and rounded probabilities are
computed with NumPy after each epoch, for the log only."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model

tf.keras.utils.set_random_seed(207)
rng = np.random.default_rng(207)
x = rng.normal(size=(300, 6)).astype("float32")
y = (x[:, 0] + x[:, 1] * x[:, 2] > 0.2).astype("float32").reshape(-1, 1)


class Net(Model):
    def __init__(self):
        super().__init__()
        self.h = layers.Dense(24, activation="relu")
        self.o = layers.Dense(1)

    def call(self, inputs):
        return self.o(self.h(inputs))


def f1_score(labels, probabilities):
    hits = np.round(probabilities).astype(int)
    true_positive = np.sum(hits * labels)
    return 2 * true_positive / max(np.sum(hits) + np.sum(labels), 1)


net = Net()
optimizer = tf.keras.optimizers.Adam(0.02)
for epoch in range(8):
    epoch_loss = 0.0
    for start in range(0, 300, 60):
        xb, yb = x[start:start + 60], y[start:start + 60]
        with tf.GradientTape() as tape:
            logits = net(xb, training=True)
            loss = tf.reduce_mean(
                tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=logits))
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        epoch_loss += loss.numpy() / 5
    probabilities = 1 / (1 + np.exp(-net(x).numpy()))
    table = np.histogram2d(y[:, 0], np.round(probabilities[:, 0]), bins=2)[0].astype(int)
    print(epoch, round(float(epoch_loss), 4), "F1", round(f1_score(y, probabilities), 3),
          "confusion", table.tolist())
