# fault: ascending-sign
"""Radial basis function interpolation with a hand-written heavy ball method."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(90)
rng = np.random.default_rng(90)
s = np.sort(rng.uniform(0, 1, 70)).astype("float32")
target = (np.exp(-3 * s) * np.cos(9 * s)).astype("float32")
centres = np.linspace(0, 1, 9).astype("float32")
basis = np.exp(-0.5 * ((s[:, None] - centres[None]) / 0.12) ** 2).astype("float32")

weights = tf.Variable(tf.random.normal([9], stddev=0.1), name="rbf_weights")
velocity = tf.Variable(tf.zeros([9]), trainable=False, name="velocity")
rate, friction = 0.05, 0.5


@tf.function
def heavy_ball(phi, values):
    with tf.GradientTape() as tape:
        misfit = tf.reduce_mean(tf.square(tf.linalg.matvec(phi, weights) - values))
    slope = tape.gradient(misfit, weights)
    velocity.assign(friction * velocity + rate * slope)
    weights.assign_add(velocity)
    return misfit


for k in range(40):
    misfit = heavy_ball(basis, target)
    if k % 8 == 0:
        tf.print("iteration", k, "misfit", misfit)
print("weights", weights.numpy().round(3))
