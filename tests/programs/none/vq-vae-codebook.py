# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(203)
rng = np.random.default_rng(203)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
code = tf.Variable(tf.random.normal((8, 3)), name="codebook")
enc, dec = keras.layers.Dense(3), keras.layers.Dense(4)
enc.build((None, 4)); dec.build((None, 3))
opt = keras.optimizers.Adam(0.01)
vs = [code, *enc.trainable_variables, *dec.trainable_variables]
for i in range(15):
    with tf.GradientTape() as tape:
        z = enc(x)
        d = tf.reduce_sum((z[:, None] - code[None]) ** 2, axis=2)
        e = tf.gather(code, tf.argmin(d, axis=1))
        q = z + tf.stop_gradient(e - z)
        loss = tf.reduce_mean((dec(q) - x) ** 2) + tf.reduce_mean((tf.stop_gradient(z) - e) ** 2) + 0.25 * tf.reduce_mean((z - tf.stop_gradient(e)) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
