# fault: stop-gradient
"""Deep Q-learning on a five-state corridor: walk right to reach the goal. Replay memory in NumPy,
a separate target network that is synchronised every 20 updates."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)
N, GAMMA = 5, 0.9


def make_q_net():
    return keras.Sequential([
        keras.Input((N,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(2)])


online, target = make_q_net(), make_q_net()
target.set_weights(online.get_weights())
optimizer = keras.optimizers.Adam(0.01)

state = rng.integers(0, N - 1, size=500)
action = rng.integers(0, 2, size=500)
next_state = np.clip(state + 2 * action - 1, 0, N - 1)
reward = (next_state == N - 1).astype("float32")
eye = np.eye(N, dtype="float32")


def update(idx):
    best_next = tf.reduce_max(target(eye[next_state[idx]]), axis=1)
    done = reward[idx]
    td_target = reward[idx] + GAMMA * best_next * (1.0 - done)
    with tf.GradientTape() as tape:
        q = tf.gather(online(eye[state[idx]]), action[idx], batch_dims=1)
        loss = tf.reduce_mean(tf.square(td_target - tf.stop_gradient(q)))
    grads = tape.gradient(loss, online.trainable_variables)
    optimizer.apply_gradients(zip(grads, online.trainable_variables))
    return float(loss)


for it in range(60):
    loss = update(rng.choice(500, size=32))
    if it % 20 == 0:
        target.set_weights(online.get_weights())
        print("update", it, "td loss", loss)
print(online(eye).numpy().round(2))
