# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(405)
rng = np.random.default_rng(405)
w = tf.Variable([2.0, 2.0], name="w")
lam = tf.Variable(0.0, name="lam")
for i in range(25):
    with tf.GradientTape() as tape:
        viol = tf.reduce_sum(w) - 1.0
        loss = tf.reduce_sum(w ** 2) + lam * viol + 2.0 * viol ** 2
    gw, gl = tape.gradient(loss, [w, lam])
    w.assign_sub(0.05 * gw)
    lam.assign_add(0.5 * gl)
