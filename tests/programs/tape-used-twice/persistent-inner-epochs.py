# fault: tape-used-twice
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(544)
rng = np.random.default_rng(544)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.zeros((4, 1)))
for epoch in range(3):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean((x @ w - y) ** 2)
    for inner in range(5):
        w.assign_sub(0.1 * tape.gradient(loss, w))
    del tape
    print(float(loss))
