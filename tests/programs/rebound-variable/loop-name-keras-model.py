# fault: rebound-variable
"""Gradient descent written by hand for a Keras model: predict energy use from temperature and
hour."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(48)
rng = np.random.default_rng(48)
temperature = rng.normal(size=(200, 1))
hour = rng.uniform(-1, 1, size=(200, 1))
inputs = np.hstack([temperature, hour]).astype("float32")
energy = (0.7 * temperature ** 2 - hour).astype("float32")

model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
learning_rate = 0.05

for step in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(inputs) - energy))
    grads = tape.gradient(loss, model.trainable_variables)
    for var, grad in zip(model.trainable_variables, grads):
        var = var - learning_rate * grad
    if step % 10 == 0:
        print(f"step {step}: loss {loss.numpy():.4f}")
