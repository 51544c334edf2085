# fault: update-outside-graph
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(598)
rng = np.random.default_rng(598)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + 0.1 * rng.normal(size=(128, 1))).astype("float32")
w = tf.Variable(tf.zeros((4, 1)))
class State:
    step = 0
state = State()
@tf.function
def train():
    state.step += 1
    rate = 0.5 / state.step
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((x @ w - y) ** 2)
    w.assign_sub(rate * tape.gradient(loss, w))
    return loss
for i in range(10):
    train()
