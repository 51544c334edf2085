# fault: integer-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(921)
rng = np.random.default_rng(921)
xs = np.array([1, 2, 3, 4])
ys = np.array([3, 5, 7, 9])
w = tf.Variable(np.array([1]), name="w")
b = tf.Variable(0.0, name="b")
for i in range(5):
    with tf.GradientTape() as tape:
        pred = tf.cast(w * xs, tf.float32) + b
        loss = tf.reduce_mean((pred - ys.astype("float32")) ** 2)
    gw, gb = tape.gradient(loss, [w, b])
    if gw is not None:
        w.assign_sub(gw)
    b.assign_sub(0.01 * gb)
