# fault: frozen-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(809)
rng = np.random.default_rng(809)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.random.normal((4, 8)), name="w")
u = tf.Variable(tf.random.normal((8, 1)), trainable=False, name="u")
opt = keras.optimizers.Adam(0.01)
for i in range(8):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.tanh(x @ w) @ u - y) ** 2)
    grads = tape.gradient(loss, [w, u])
    opt.apply_gradients([(g, v) for g, v in zip(grads, [w, u]) if g is not None])
