# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
s = tf.Variable(0.0, name="log_var")
opt = keras.optimizers.Adam(0.02)
for i in range(15):
    with tf.GradientTape() as tape:
        loss = tf.exp(-s) * tf.reduce_mean((model(x) - y) ** 2) + s
    vs = model.trainable_variables + [s]
    opt.apply_gradients(zip(tape.gradient(loss, vs), vs))
