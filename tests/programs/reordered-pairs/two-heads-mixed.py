# fault: reordered-pairs
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(409)
rng = np.random.default_rng(409)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
h1, h2 = keras.layers.Dense(1, name="mean"), keras.layers.Dense(1, name="spread")
h1.build((None, 4)); h2.build((None, 4))
opt = keras.optimizers.Adam(0.01)
for i in range(10):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((h1(x) - y) ** 2) + tf.reduce_mean((h2(x) - tf.abs(y)) ** 2)
    grads = tape.gradient(loss, h1.trainable_variables + h2.trainable_variables)
    opt.apply_gradients(zip(grads, h2.trainable_variables + h1.trainable_variables))
