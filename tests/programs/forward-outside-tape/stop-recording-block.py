# fault: forward-outside-tape
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(268)
rng = np.random.default_rng(268)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.SGD(0.05)
for i in range(8):
    with tf.GradientTape() as tape:
        with tape.stop_recording():
            h = model.layers[0](x)
        loss = tf.reduce_mean((model.layers[1](h) - y) ** 2)
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
