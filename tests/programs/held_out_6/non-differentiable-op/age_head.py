# fault: non-differentiable-op
# two-headed network: a class and a whole-number count from the same image
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(50)
N = 512
counts = np.random.randint(0, 6, N)
kind = np.random.randint(0, 2, N)
imgs = 0.05 * np.random.randn(N, 12, 12, 1)
for n in range(N):
    for _ in range(counts[n]):
        r, c = np.random.randint(0, 11, 2)
        imgs[n, r:r + 2, c:c + (2 if kind[n] else 1)] += 1.0
imgs = imgs.astype("float32")


class CountNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv2D(8, 3, activation="relu")
        self.flat = keras.layers.Flatten()
        self.fc = keras.layers.Dense(32, activation="relu")
        self.kind = keras.layers.Dense(1)
        self.count = keras.layers.Dense(1)

    def call(self, x):
        h = self.fc(self.flat(self.conv(x)))
        return self.kind(h)[:, 0], tf.round(self.count(h)[:, 0])


net = CountNet()
net(imgs[:1])
opt = keras.optimizers.Adam(2e-3)
for step in range(120):
    idx = np.random.randint(0, N, 64)
    target_kind = tf.constant(kind[idx], tf.float32)
    target_count = tf.constant(counts[idx], tf.float32)
    with tf.GradientTape() as tape:
        k, c = net(imgs[idx])
        kind_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=target_kind, logits=k))
        count_loss = tf.reduce_mean(tf.abs(c - target_count))
        loss = kind_loss + 0.3 * count_loss
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    if step % 30 == 0:
        print(step, "kind", float(kind_loss), "count", float(count_loss))
