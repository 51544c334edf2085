# fault: ascending-sign
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(708)
rng = np.random.default_rng(708)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
t = rng.normal(size=(128, 5)).astype("float32")
net = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(5)])
opt = keras.optimizers.Adam(0.01)
for i in range(12):
    with tf.GradientTape() as tape:
        a = tf.math.l2_normalize(net(x), axis=1)
        b = tf.math.l2_normalize(t, axis=1)
        loss = tf.reduce_mean(tf.reduce_sum(a * b, axis=1))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
