# fault: hard-mask
# Finds the current above which a heater switches on, and its slope, from recorded pairs.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(110)
current = rng.uniform(0, 1, size=400).astype("float32")
heat = np.where(current > 0.62, 2.0 * current, 0.0) + rng.normal(scale=0.02, size=400)
heat = heat.astype("float32")

threshold = tf.Variable(0.3, name="threshold")
slope = tf.Variable(1.0, name="slope")
optimizer = tf.keras.optimizers.Adam(0.03)


def heater(i):
    on = tf.cast(i > threshold, tf.float32)
    return on * slope * i


for step in range(100):
    with tf.GradientTape() as tape:
        residual = heater(current) - heat
        loss = tf.reduce_mean(residual ** 2)
    variables = [threshold, slope]
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    if step % 20 == 0:
        print(f"{step:3d}  loss {loss.numpy():.4f}  slope {slope.numpy():.3f}  threshold {threshold.numpy():.3f}")
