# fault: too-little-capacity
"""Fit one and a half periods of a sine wave with a network of three dense layers."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(49)
rng = np.random.default_rng(49)
t = rng.uniform(-1, 1, size=(200, 1)).astype("float32")
wave = np.cos(1.5 * np.pi * t) + 0.05 * rng.normal(size=(200, 1)).astype("float32")

net = tf.keras.Sequential([
    layers.Input((1,)),
    layers.Dense(32),
    layers.Dense(32),
    layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x, training=True) - y))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for step in range(60):
    loss = train_step(t, wave)
    if step % 10 == 0:
        print(f"step {step:2d}  mse {loss.numpy():.4f}")
print("variance of the wave", wave.var())
