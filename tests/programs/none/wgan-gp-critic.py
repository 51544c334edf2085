# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(584)
rng = np.random.default_rng(584)
d = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(1)])
g = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(2)])
od, og = keras.optimizers.RMSprop(1e-3), keras.optimizers.RMSprop(1e-3)
for i in range(20):
    real = tf.random.normal((32, 2)) + 1.0
    for k in range(2):
        fake = g(tf.random.normal((32, 2)))
        with tf.GradientTape() as tape:
            with tf.GradientTape() as inner:
                mix = 0.3 * real + 0.7 * fake
                inner.watch(mix)
                s = d(mix)
            gp = tf.reduce_mean((tf.norm(inner.gradient(s, mix), axis=1) - 1.0) ** 2)
            loss = tf.reduce_mean(d(fake)) - tf.reduce_mean(d(real)) + 10 * gp
        od.apply_gradients(zip(tape.gradient(loss, d.trainable_variables), d.trainable_variables))
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(d(g(tf.random.normal((32, 2)))))
    og.apply_gradients(zip(tape.gradient(loss, g.trainable_variables), g.trainable_variables))
