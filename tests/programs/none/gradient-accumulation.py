# fault: none
"""Gradient accumulation: four micro-batches are summed up before Adam makes one step."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(205)
rng = np.random.default_rng(205)
X = rng.normal(size=(320, 5)).astype("float32")
Y = (np.sin(X[:, :1]) + 0.5 * X[:, 1:2]).astype("float32")
MICRO, ACCUMULATE = 20, 4

net = keras.Sequential([
    keras.Input((5,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.02)
total = [tf.Variable(tf.zeros_like(v), trainable=False) for v in net.trainable_variables]


@tf.function
def micro_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(x, training=True) - y))
    for accumulator, g in zip(total, tape.gradient(loss, net.trainable_variables)):
        accumulator.assign_add(g / ACCUMULATE)
    return loss


for epoch in range(10):
    losses = []
    for number, start in enumerate(range(0, len(X), MICRO), start=1):
        losses.append(float(micro_step(X[start:start + MICRO], Y[start:start + MICRO])))
        if number % ACCUMULATE == 0:
            optimizer.apply_gradients(zip(total, net.trainable_variables))
            for accumulator in total:
                accumulator.assign(tf.zeros_like(accumulator))
    print("epoch", epoch, "loss", round(float(np.mean(losses)), 4))
