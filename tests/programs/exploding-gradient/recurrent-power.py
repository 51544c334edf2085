# fault: exploding-gradient
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(620)
rng = np.random.default_rng(620)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
W = tf.Variable(tf.random.normal((4, 4)) * 1.5, name="W")
V = tf.Variable(tf.random.normal((4, 1)), name="V")
for i in range(6):
    with tf.GradientTape() as tape:
        h = tf.constant(x)
        for t in range(25):
            h = h @ W
        loss = tf.reduce_mean((h @ V - y) ** 2)
    gw, gv = tape.gradient(loss, [W, V])
    W.assign_sub(1e-3 * gw)
    V.assign_sub(1e-3 * gv)
