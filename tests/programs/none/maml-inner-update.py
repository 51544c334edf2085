# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(724)
rng = np.random.default_rng(724)
w = tf.Variable(tf.zeros((2, 1)), name="w")
opt = keras.optimizers.Adam(0.01)
for i in range(15):
    c = rng.normal(size=(2, 1)).astype("float32")
    xs = rng.normal(size=(20, 2)).astype("float32")
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            l = tf.reduce_mean((xs[:10] @ w - xs[:10] @ c) ** 2)
        fast = w - 0.1 * inner.gradient(l, w)
        loss = tf.reduce_mean((xs[10:] @ fast - xs[10:] @ c) ** 2)
    opt.apply_gradients([(outer.gradient(loss, w), w)])
