# fault: nan-in-data
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(230)
rng = np.random.default_rng(230)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
x[:, 3] = 1.0
x = (x - x.mean(0)) / x.std(0)
w, b = tf.Variable(tf.random.normal((4, 1))), tf.Variable(tf.zeros((1,)))
ds = tf.data.Dataset.from_tensor_slices((x.astype("float32"), y)).batch(32)
@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((xb @ w + b - yb) ** 2)
    gw, gb = tape.gradient(loss, [w, b])
    w.assign_sub(0.1 * gw)
    b.assign_sub(0.1 * gb)
    return loss
for xb, yb in ds:
    step(xb, yb)
