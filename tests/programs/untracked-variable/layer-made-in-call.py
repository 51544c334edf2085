# fault: untracked-variable
"""Spiral classification with a subclassed model: an embedding of the point, a hidden block,
two logits."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
angle = np.linspace(0.3, 2 * np.pi, 120)
arm = np.stack([angle * np.cos(angle), angle * np.sin(angle)], axis=1) / 6
points = np.concatenate([arm, -arm]) + 0.03 * rng.normal(size=(240, 2))
points = points.astype("float32")
classes = np.repeat([0, 1], 120)


class SpiralNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = keras.layers.Dense(16, activation="tanh")
        self.logits = keras.layers.Dense(2)

    def call(self, x):
        h = self.embed(x)
        h = keras.layers.Dense(16, activation="tanh")(h)
        return self.logits(h)


net = SpiralNet()
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.02)
for step in range(25):
    rows = rng.permutation(240)[:80]
    with tf.GradientTape() as tape:
        logits = net(points[rows], training=True)
        loss = loss_fn(classes[rows], logits)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_weights), net.trainable_weights))
    if step % 8 == 0:
        accuracy = np.mean(np.argmax(logits, axis=1) == classes[rows])
        print("step", step, "loss", round(float(loss), 3), "accuracy", accuracy)
