# fault: none
"""Mini-batch k-means with the centres in a variable that is updated by assignment."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(13)
true = rng.uniform(-5, 5, size=(5, 2))
data = (true[rng.integers(0, 5, 1500)] + 0.4 * rng.normal(size=(1500, 2))).astype("float32")

first = [0]
for _ in range(4):
    d = ((data[:, None] - data[first][None]) ** 2).sum(-1).min(1)
    first.append(int(rng.choice(1500, p=d / d.sum())))
centres = tf.Variable(data[first] + rng.normal(size=(5, 2)).astype("float32"), trainable=False)
counts = tf.Variable(tf.ones((5,)), trainable=False)


@tf.function(input_signature=[tf.TensorSpec((None, 2), tf.float32)])
def update(batch):
    dist = tf.reduce_sum(tf.square(batch[:, None] - centres[None]), -1)
    nearest = tf.argmin(dist, axis=1)
    onehot = tf.one_hot(nearest, 5)
    n = tf.reduce_sum(onehot, 0)
    counts.assign_add(n)
    mean = tf.math.divide_no_nan(tf.matmul(onehot, batch, transpose_a=True), n[:, None])
    eta = (n / counts)[:, None]
    centres.assign(tf.where(n[:, None] > 0, (1 - eta) * centres + eta * mean, centres))
    return tf.reduce_mean(tf.reduce_min(dist, axis=1))


for it in range(100):
    inertia = update(tf.constant(data[rng.integers(0, 1500, 128)]))
    if it % 20 == 0 or it == 99:
        print(it, "inertia", float(inertia))
