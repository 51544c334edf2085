# fault: unknown-variable
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(784)
rng = np.random.default_rng(784)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)
for i in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, [l.trainable_variables for l in model.layers])
    for l, g in zip(model.layers, grads):
        opt.apply_gradients(zip(g, l.trainable_variables))
