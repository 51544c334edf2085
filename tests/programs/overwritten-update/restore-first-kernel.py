# fault: overwritten-update
"""Regression where the first layer is kept normalised: after every step its kernel columns
are scaled to unit length."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(84)
rng = np.random.default_rng(84)
X = rng.normal(size=(256, 6)).astype("float32")
direction = rng.normal(size=(6, 1))
y = np.tanh(X @ direction / np.linalg.norm(direction) * 2).astype("float32")

first = keras.layers.Dense(4, use_bias=False, name="projection")
model = keras.Sequential([
    keras.Input((6,)), first,
    keras.layers.Activation("tanh"),
    keras.layers.Dense(1, name="output"),
])
kernel = first.kernel.numpy()
optimizer = keras.optimizers.Adam(0.01)

for step in range(40):
    rows = rng.integers(0, 256, size=64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(X[rows]) - y[rows]))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    unit = kernel / np.linalg.norm(kernel, axis=0, keepdims=True)
    first.kernel.assign(unit)
    if step % 10 == 0:
        print(f"step {step}: loss {float(loss):.4f}")
