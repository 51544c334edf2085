# fault: nan-in-data
"""Machine failure classifier: standardise the readings, then train a tf.Module."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(78)
rng = np.random.default_rng(78)
readings = rng.normal(loc=5.0, scale=2.0, size=(150, 6))
readings[:, 4] = 20.0
failure = (readings[:, 0] - readings[:, 1] > 0.5).astype("float32")[:, None]
with np.errstate(invalid="ignore"):
    standard = (readings - readings.mean(axis=0)) / readings.std(axis=0)
standard = standard.astype("float32")


class Detector(tf.Module):
    def __init__(self):
        super().__init__()
        self.w1 = tf.Variable(tf.random.normal((6, 12), stddev=0.4))
        self.b1 = tf.Variable(tf.zeros(12))
        self.w2 = tf.Variable(tf.random.normal((12, 1), stddev=0.3))

    def __call__(self, x):
        return tf.nn.leaky_relu(x @ self.w1 + self.b1) @ self.w2


detector = Detector()
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, detector(x)))
    grads = tape.gradient(loss, detector.trainable_variables)
    optimizer.apply_gradients(zip(grads, detector.trainable_variables))
    return loss


for epoch in range(15):
    loss = train_step(standard, failure)
    print("epoch", epoch, "loss", loss.numpy())
