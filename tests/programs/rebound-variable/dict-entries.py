# fault: rebound-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(589)
rng = np.random.default_rng(589)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
params = {"w": tf.Variable(tf.zeros((4, 1))), "b": tf.Variable(tf.zeros((1,)))}
def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ params["w"] + params["b"] - y) ** 2)
    grads = tape.gradient(loss, params)
    for k in params:
        params[k] = params[k] - 0.1 * grads[k]
    return loss
for i in range(4):
    step()
