# fault: tiny-learning-rate
"""Calibrate gain and offset of a pressure sensor by gradient descent on reference readings."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(77)
reading = rng.uniform(-1.0, 1.0, size=90).astype(np.float32)
reference = (12.5 * reading + 101.3 + 0.2 * rng.randn(90)).astype(np.float32)

gain = tf.Variable(10.0, dtype=tf.float32, name="gain")
offset = tf.Variable(100.0, dtype=tf.float32, name="offset")
rate = 1e-8


@tf.function
def calibrate(r, ref):
    with tf.GradientTape() as tape:
        estimate = gain * r + offset
        loss = tf.reduce_mean(tf.square(estimate - ref))
    d_gain, d_offset = tape.gradient(loss, (gain, offset))
    gain.assign_sub(rate * d_gain)
    offset.assign_sub(rate * d_offset)
    return loss


losses = []
for iteration in range(50):
    losses.append(calibrate(reading, reference).numpy())
print("first", losses[0], "last", losses[-1])
print("gain", gain.numpy(), "offset", offset.numpy())
