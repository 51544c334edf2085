# fault: gradients-not-applied
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(625)
rng = np.random.default_rng(625)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
enc = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, activation="tanh")])
dec = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(4)])
opt_e, opt_d = keras.optimizers.Adam(0.01), keras.optimizers.Adam(0.01)
for i in range(10):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean((dec(enc(x)) - x) ** 2)
    ge = tape.gradient(loss, enc.trainable_variables)
    gd = tape.gradient(loss, dec.trainable_variables)
    opt_d.apply_gradients(zip(gd, dec.trainable_variables))
    del tape
