# fault: double-softmax
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
n_class = 6
proto = rng.normal(size=(n_class, 16, 3))
lab = rng.integers(0, n_class, 900)
acc = (proto[lab] + 0.8 * rng.normal(size=(900, 16, 3))).astype("float32")


class ActivityNet(keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.conv = layers.Conv1D(16, 5, activation="relu")
        self.flat = layers.Flatten()
        self.dense = layers.Dense(classes)

    def call(self, x):
        return tf.nn.softmax(self.dense(self.flat(self.conv(x))))


model = ActivityNet(n_class)
opt = keras.optimizers.SGD(0.05)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        out = model(x, training=True)
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=out)
        loss = tf.reduce_mean(ce)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss, tf.reduce_mean(tf.cast(tf.argmax(out, 1) == tf.cast(y, tf.int64), tf.float32))


for epoch in range(20):
    stats = []
    for s in range(0, 900, 60):
        l, a = step(tf.constant(acc[s:s + 60]), tf.constant(lab[s:s + 60]))
        stats.append((float(l), float(a)))
    if epoch % 4 == 3:
        m = np.mean(stats, 0)
        print(f"epoch {epoch + 1}: loss {m[0]:.4f} acc {m[1]:.3f}")
