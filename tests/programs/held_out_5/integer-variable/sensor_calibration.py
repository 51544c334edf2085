# fault: integer-variable
"""Fit gain, curvature and offset of a pressure sensor against a reference."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.RandomState(33)
raw = rng.uniform(-1, 1, size=(300,)).astype("float32")
reference = (2.4 * raw + 0.8 * raw ** 2 - 1.7 + 0.02 * rng.randn(300)).astype("float32")


class Calibration(tf.Module):
    def __init__(self, gain=1.0, curvature=0.0, offset=0):
        super().__init__()
        self.gain = tf.Variable(gain, name="gain")
        self.curvature = tf.Variable(curvature, name="curvature")
        self.offset = tf.Variable(offset, name="offset")

    def __call__(self, r):
        return self.gain * r + self.curvature * r ** 2 + tf.cast(self.offset, r.dtype)


cal = Calibration()
opt = keras.optimizers.Adam(0.05)
ds = tf.data.Dataset.from_tensor_slices((raw, reference)).repeat().shuffle(300, seed=2).batch(50).take(300)

for i, (r, ref) in enumerate(ds):
    with tf.GradientTape() as tape:
        err = cal(r) - ref
        loss = tf.reduce_mean(err ** 2)
    variables = list(cal.trainable_variables)
    grads = tape.gradient(loss, variables)
    opt.apply_gradients(zip(grads, variables))
    if i % 50 == 0:
        print(i, "mse", round(float(loss), 5))

print({v.name: v.numpy() for v in cal.trainable_variables})
