# fault: py-function-barrier
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(728)
rng = np.random.default_rng(728)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
def soft_threshold(t):
    a = np.asarray(t)
    return np.sign(a) * np.maximum(np.abs(a) - 0.1, 0.0)
hidden, out = keras.layers.Dense(6), keras.layers.Dense(1)
hidden.build((None, 4)); out.build((None, 6))
vs = hidden.trainable_variables + out.trainable_variables
opt = keras.optimizers.Adam(0.01)
for i in range(6):
    with tf.GradientTape() as tape:
        h = tf.py_function(soft_threshold, [hidden(x)], tf.float32)
        h = tf.ensure_shape(h, (128, 6))
        loss = tf.reduce_mean((out(h) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
