# fault: frozen-variable
"""Convolutional classifier of bright/dark bars in 8x8 images, built from a feature block and a
head, both trained from random initialisation with a custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
n = 240
vertical = rng.integers(0, 2, size=n)
images = 0.3 * rng.normal(size=(n, 8, 8, 1))
for k in range(n):
    line = rng.integers(1, 7)
    if vertical[k]:
        images[k, :, line, 0] += 1.0
    else:
        images[k, line, :, 0] += 1.0
images = images.astype("float32")


class BarNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.features = tf.keras.Sequential([
            layers.Conv2D(4, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
        ])
        self.features.trainable = False
        self.head = layers.Dense(2)

    def call(self, x):
        return self.head(self.features(x))


net = BarNet()
criterion = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
sgd = tf.keras.optimizers.Adam(0.02)
for step in range(40):
    rows = rng.integers(0, n, size=48)
    with tf.GradientTape() as tape:
        loss = criterion(vertical[rows], net(images[rows], training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    sgd.apply_gradients(zip(grads, net.trainable_variables))
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
print("accuracy", np.mean(np.argmax(net(images), axis=1) == vertical))
