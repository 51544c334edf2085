# fault: integer-cast
"""Align a recorded pulse with a reference: learn the gain and the delay of the recording."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
rng = np.random.default_rng(1)
n = 64
time = np.arange(n)
reference = np.exp(-0.5 * ((time - 20) / 4.0) ** 2).astype("float32")
recording = (1.7 * np.roll(reference, 9) + 0.01 * rng.normal(size=n)).astype("float32")

gain = tf.Variable(1.0, name="gain")
delay = tf.Variable(5.0, name="delay")
optimizer = tf.keras.optimizers.Adam(0.1)


def shifted_reference():
    k = tf.cast(delay, tf.int32)
    return tf.roll(tf.constant(reference), shift=k, axis=0)


for iteration in range(60):
    with tf.GradientTape() as tape:
        residual = gain * shifted_reference() - recording
        loss = tf.reduce_mean(residual ** 2)
    grads = tape.gradient(loss, [gain, delay])
    optimizer.apply_gradients(zip(grads, [gain, delay]))
    if iteration % 15 == 0:
        print(f"{iteration:3d} loss={loss.numpy():.5f} gain={gain.numpy():.3f} "
              f"delay={delay.numpy():.3f}")
