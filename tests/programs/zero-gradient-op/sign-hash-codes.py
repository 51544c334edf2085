# fault: zero-gradient-op
"""Learning to hash: an encoder maps vectors to +1/-1 codes, a linear classifier reads the
codes."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(94)
rng = np.random.default_rng(94)
category = rng.integers(0, 4, size=280)
vectors = (rng.normal(size=(4, 10))[category] + rng.normal(size=(280, 10))).astype("float32")


class HashNet(keras.Model):
    def __init__(self, bits=8):
        super().__init__()
        self.encoder = keras.Sequential([
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(bits),
        ])
        self.reader = keras.layers.Dense(4)

    def call(self, x):
        codes = tf.sign(self.encoder(x))
        return self.reader(codes)


net = HashNet()
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01)
for step in range(35):
    rows = rng.integers(0, 280, size=70)
    with tf.GradientTape() as tape:
        loss = loss_fn(category[rows], net(vectors[rows], training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
accuracy = np.mean(np.argmax(net(vectors), axis=1) == category)
print("accuracy", accuracy)
