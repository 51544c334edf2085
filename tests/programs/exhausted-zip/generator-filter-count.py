# fault: exhausted-zip
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(211)
rng = np.random.default_rng(211)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.SGD(0.01)
for i in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    pairs = ((g, v) for g, v in zip(grads, model.trainable_variables) if g is not None)
    print("gradients:", sum(1 for _ in pairs))
    opt.apply_gradients(pairs)
