# fault: none
"""Batch normalisation and dropout in a custom loop, with a separate evaluation pass."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(107)
rng = np.random.default_rng(107)
x = (rng.normal(size=(200, 6)) * 2.0 + 1.0).astype("float32")
y = (x[:, 0] + x[:, 1] > x[:, 2] + 1.0).astype("float32")[:, None]


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(32)
        self.norm = layers.BatchNormalization(momentum=0.8)
        self.drop = layers.Dropout(0.2)
        self.out = layers.Dense(1)

    def call(self, inputs, training=False):
        h = tf.nn.relu(self.norm(self.dense(inputs), training=training))
        return self.out(self.drop(h, training=training))


net = Net()
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def train(batch, labels):
    with tf.GradientTape() as tape:
        loss = bce(labels, net(batch, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(8):
    for i in range(0, 200, 50):
        loss = train(x[i:i + 50], y[i:i + 50])
    held = bce(y, net(x, training=False))
    print(f"epoch {epoch} train {loss.numpy():.4f} evaluation {held.numpy():.4f}")
