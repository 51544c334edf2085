# fault: exploding-gradient
"""Identify a linear dynamical system by comparing the states after a rollout of 32 steps."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(29)
rng = np.random.default_rng(29)
true_map = 0.9 * np.linalg.qr(rng.normal(size=(3, 3)))[0]
starts = rng.normal(size=(50, 3)).astype("float32")
ends = (starts @ np.linalg.matrix_power(true_map, 32)).astype("float32")

guess = 1.4 * tf.eye(3) + tf.random.normal((3, 3), stddev=0.05)
transition = tf.Variable(guess, name="transition")
optimizer = tf.keras.optimizers.SGD(0.01)


def rollout(state):
    for _ in range(32):
        state = tf.matmul(state, transition)
    return state


@tf.function
def improve():
    with tf.GradientTape() as tape:
        gap = tf.reduce_mean(tf.square(rollout(starts) - ends))
    grad = tape.gradient(gap, transition)
    optimizer.apply_gradients([(grad, transition)])
    return gap


for iteration in range(15):
    print("iteration", iteration, "gap", improve().numpy())
print(transition.numpy())
