# fault: gradients-not-applied
"""Gradient accumulation over micro-batches for a regression network, effective batch of 32 x 8."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(62)
rng = np.random.default_rng(62)
X = rng.normal(size=(160, 5)).astype("float32")
Y = (np.sin(X[:, :1]) + 0.5 * X[:, 1:2]).astype("float32")
MICRO, ACCUMULATE, EPOCHS = 32, 8, 8

net = keras.Sequential([
    keras.Input((5,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)


def micro_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x, training=True) - y))
    return loss, tape.gradient(loss, net.trainable_variables)


for epoch in range(EPOCHS):
    total = [tf.zeros_like(v) for v in net.trainable_variables]
    losses = []
    for number, start in enumerate(range(0, len(X), MICRO), start=1):
        loss, grads = micro_step(X[start:start + MICRO], Y[start:start + MICRO])
        total = [t + g / ACCUMULATE for t, g in zip(total, grads)]
        losses.append(float(loss))
        if number % ACCUMULATE == 0:
            optimizer.apply_gradients(zip(total, net.trainable_variables))
            total = [tf.zeros_like(v) for v in net.trainable_variables]
    print("epoch", epoch, "loss", round(float(np.mean(losses)), 4))
