# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(462)
rng = np.random.default_rng(462)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
on, tg = (keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(8)]) for _ in range(2))
pred = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(8)])
tg.set_weights(on.get_weights())
tg.trainable = False
opt = keras.optimizers.Adam(0.01)
vs = on.trainable_variables + pred.trainable_variables
for i in range(15):
    with tf.GradientTape() as tape:
        p = tf.math.l2_normalize(pred(on(x)), axis=1)
        z = tf.stop_gradient(tf.math.l2_normalize(tg(x + 0.1), axis=1))
        loss = 2 - 2 * tf.reduce_mean(tf.reduce_sum(p * z, axis=1))
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
    for o, t in zip(on.variables, tg.variables):
        t.assign(0.9 * t + 0.1 * o)
