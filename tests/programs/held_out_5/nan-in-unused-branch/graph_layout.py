# fault: nan-in-unused-branch
"""Force-directed layout of a small graph by minimising an energy."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(66)
n = 24
edges = np.array([(i, (i + 1) % n) for i in range(n)] + [(i, (i + 6) % n) for i in range(0, n, 3)])

pos = tf.Variable(rng.normal(size=(n, 2)).astype("float32"), name="positions")
optimizer = keras.optimizers.Adam(0.03)


def energy(p):
    d = p[:, None, :] - p[None, :, :]
    sq = tf.reduce_sum(tf.square(d), axis=-1)
    repulsion = tf.where(sq > 0, 1.0 / sq, tf.zeros_like(sq))
    repulsion = tf.minimum(repulsion, 100.0)
    springs = tf.gather(p, edges[:, 0]) - tf.gather(p, edges[:, 1])
    attraction = tf.reduce_sum(tf.square(springs), axis=1)
    return tf.reduce_mean(attraction) + 0.5 * tf.reduce_mean(repulsion)


@tf.function
def step():
    with tf.GradientTape() as tape:
        e = energy(pos)
    (g,) = tape.gradient(e, [pos])
    optimizer.apply_gradients([(g, pos)])
    return e


for it in range(200):
    e = step()
    if it % 25 == 0:
        print("iteration", it, "energy", e.numpy())
print(pos.numpy()[:3])
