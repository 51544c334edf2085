# fault: stop-gradient
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(242)
rng = np.random.default_rng(242)
w = tf.Variable(tf.random.normal((3, 2), stddev=0.1), name="policy")
v = tf.Variable(tf.zeros((3, 1)), name="value")
for i in range(8):
    s = tf.random.normal((16, 3))
    with tf.GradientTape() as tape:
        logp = tf.nn.log_softmax(tf.stop_gradient(s @ w))
        value = s @ v
        adv = tf.random.normal((16, 1)) - value
        loss = -tf.reduce_mean(logp[:, :1] * tf.stop_gradient(adv)) + tf.reduce_mean(adv ** 2)
    g = tape.gradient(loss, [w, v])
    for a, b in zip(g, [w, v]):
        if a is not None:
            b.assign_sub(0.05 * a)
