# fault: ascending-sign
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(926)
rng = np.random.default_rng(926)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
mu = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
opt = keras.optimizers.SGD(0.02)
for i in range(15):
    with tf.GradientTape() as tape:
        loglik = -0.5 * (y - mu(x)) ** 2 - 0.5 * np.log(2 * np.pi)
        loss = tf.reduce_mean(loglik)
    opt.apply_gradients(zip(tape.gradient(loss, mu.trainable_variables), mu.trainable_variables))
