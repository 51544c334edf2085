# fault: zero-learning-rate
# Polynomial curve fitting with tf.Variables and a rate that shrinks linearly
# towards the end of training.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(33)
t = np.linspace(-1, 1, 80).astype("float32")
target = (0.5 - 1.5 * t + 2.0 * t ** 2 + 0.05 * rng.normal(size=80)).astype("float32")
powers = tf.stack([t ** k for k in range(3)], axis=1)

coefficients = tf.Variable(tf.zeros([3]), name="coefficients")
total_steps = 40
base_rate = 0.4


def remaining(step):
    return (total_steps - step - 1) // total_steps


for step in range(total_steps):
    with tf.GradientTape() as tape:
        fitted = tf.linalg.matvec(powers, coefficients)
        error = tf.reduce_mean(tf.math.squared_difference(fitted, target))
    gradient = tape.gradient(error, coefficients)
    coefficients.assign_sub(base_rate * remaining(step) * gradient)
    if step % 8 == 0:
        print(step, error.numpy(), coefficients.numpy())
