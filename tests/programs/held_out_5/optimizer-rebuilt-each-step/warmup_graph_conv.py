# fault: optimizer-rebuilt-each-step
"""Node classification with a two-layer graph convolution and a linear warm-up."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(20)
rng = np.random.default_rng(20)
n = 120
block = np.repeat(np.arange(3), 40)
P = np.where(block[:, None] == block[None], 0.2, 0.02)
A = np.triu(rng.random((n, n)) < P, 1).astype(float)
A = A + A.T + np.eye(n)
deg = A.sum(1)
A_hat = tf.constant(A / np.sqrt(deg[:, None] * deg[None]), tf.float32)
feats = tf.constant(np.eye(3)[block] * 0.8 + rng.normal(size=(n, 3)), tf.float32)
train = rng.choice(n, 60, replace=False)


class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, steps):
        self.peak, self.steps = peak, steps

    def __call__(self, step):
        return self.peak * tf.minimum(1.0, (tf.cast(step, tf.float32) + 1.0) / self.steps)

    def get_config(self):
        return {"peak": self.peak, "steps": self.steps}


lin1, lin2 = keras.layers.Dense(16), keras.layers.Dense(3)


def forward():
    h = tf.nn.relu(A_hat @ lin1(feats))
    return A_hat @ lin2(h)


def train_step():
    optimizer = keras.optimizers.SGD(Warmup(0.3, 100), momentum=0.9)
    with tf.GradientTape() as tape:
        logits = tf.gather(forward(), train)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(block[train], logits))
    params = lin1.trainable_variables + lin2.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, params), params))
    return float(loss)


for it in range(200):
    loss = train_step()
    if it % 40 == 39:
        acc = np.mean(forward().numpy().argmax(1) == block)
        print(it + 1, "loss", round(loss, 4), "node accuracy", round(acc, 3))
