# fault: none
"""Deep Q-learning in a corridor of six cells with a replay memory and a target network;
the bootstrap target is not differentiated."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input

tf.keras.utils.set_random_seed(203)
rng = np.random.default_rng(203)
CELLS, GAMMA = 6, 0.9


def q_network():
    return Sequential([Input((CELLS,)), layers.Dense(24, activation="relu"), layers.Dense(2)])


online, target = q_network(), q_network()
target.set_weights(online.get_weights())
optimizer = tf.keras.optimizers.Adam(0.01)
huber = tf.keras.losses.Huber()

cell = rng.integers(0, CELLS - 1, size=600)
move = rng.integers(0, 2, size=600)
new_cell = np.clip(cell + 2 * move - 1, 0, CELLS - 1)
reward = (new_cell == CELLS - 1).astype("float32")
one_hot = np.eye(CELLS, dtype="float32")


@tf.function
def update(state, action, gain, next_state):
    with tf.GradientTape() as tape:
        future = tf.reduce_max(target(next_state), axis=1)
        goal = tf.stop_gradient(gain + GAMMA * future * (1.0 - gain))
        q = tf.gather(online(state), action, batch_dims=1)
        loss = huber(goal, q)
    grads = tape.gradient(loss, online.trainable_variables)
    optimizer.apply_gradients(zip(grads, online.trainable_variables))
    return loss


for step in range(200):
    i = rng.choice(600, size=64)
    update(one_hot[cell[i]], tf.constant(move[i]), tf.constant(reward[i]), one_hot[new_cell[i]])
    if step % 20 == 0:
        target.set_weights(online.get_weights())
print("Q values:\n", online(one_hot).numpy().round(2))
print("greedy moves:", np.argmax(online(one_hot), axis=1)[:-1])
