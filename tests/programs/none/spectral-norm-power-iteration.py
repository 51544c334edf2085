# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(631)
rng = np.random.default_rng(631)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
W = tf.Variable(tf.random.normal((4, 6)), name="W")
u = tf.Variable(tf.random.normal((1, 6)), trainable=False, name="u")
V = tf.Variable(tf.random.normal((6, 1)), name="V")
opt = keras.optimizers.Adam(0.01)
@tf.function
def step():
    with tf.GradientTape() as tape:
        v = tf.stop_gradient(tf.math.l2_normalize(tf.matmul(u, W, transpose_b=True)))
        un = tf.stop_gradient(tf.math.l2_normalize(v @ W))
        u.assign(un)
        sigma = tf.reduce_sum(v @ W * un)
        loss = tf.reduce_mean((tf.nn.relu(x @ (W / sigma)) @ V - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, [W, V]), [W, V]))
    return loss
for i in range(15):
    step()
