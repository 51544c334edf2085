# fault: none
"""Domain-adversarial features through a gradient reversal layer."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
domain = rng.integers(0, 2, 1000).astype("float32")[:, None]
y = rng.integers(0, 2, 1000).astype("float32")[:, None]
X = rng.normal(size=(1000, 8)).astype("float32")
X[:, :2] += 1.5 * (2 * y - 1)
X[:, 2:4] += 1.5 * (2 * domain - 1)


@tf.custom_gradient
def reverse(z):
    def grad(up):
        return -0.3 * up
    return tf.identity(z), grad


features = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu")])
task_head, domain_head = layers.Dense(1), layers.Dense(1)
task_head.build((None, 16))
domain_head.build((None, 16))
params = features.trainable_variables + task_head.trainable_variables + domain_head.trainable_variables
opt = keras.optimizers.Adam(0.005)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step(x, t, d):
    with tf.GradientTape() as tape:
        h = features(x)
        task = bce(t, task_head(h))
        loss = task + bce(d, domain_head(reverse(h)))
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return task


for epoch in range(25):
    ls = []
    for b in np.split(rng.permutation(1000), 10):
        ls.append(float(step(tf.constant(X[b]), tf.constant(y[b]), tf.constant(domain[b]))))
    if epoch % 6 == 0:
        print(epoch, "task loss", np.mean(ls))
