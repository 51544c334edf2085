# fault: none
# Q-learning on random transitions with a target network that is copied every eight updates.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(511)
rng = np.random.default_rng(511)
state = rng.uniform(-1, 1, size=(500, 3)).astype("float32")
action = rng.integers(0, 2, 500)
next_state = np.clip(state + 0.2 * rng.normal(size=state.shape), -1, 1).astype("float32")
reward = np.where(action == 1, state[:, 0] * 2, 0.5 - state[:, 1]).astype("float32")


def make_q():
    return tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(24, activation="relu"), tf.keras.layers.Dense(2)])


online, target = make_q(), make_q()
target.set_weights(online.get_weights())
target.trainable = False
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def update(s, a, r, s2):
    best = tf.reduce_max(target(s2), axis=1)
    goal = tf.stop_gradient(r + 0.5 * best)
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(online(s) * tf.one_hot(a, 2), axis=1)
        loss = tf.reduce_mean(tf.square(goal - q))
    grads = tape.gradient(loss, online.trainable_variables)
    opt.apply_gradients(zip(grads, online.trainable_variables))
    return loss


for i in range(160):
    rows = rng.integers(0, 500, 64)
    loss = update(tf.constant(state[rows]), tf.constant(action[rows]), tf.constant(reward[rows]), tf.constant(next_state[rows]))
    if (i + 1) % 8 == 0:
        target.set_weights(online.get_weights())
    if i % 20 == 0:
        print("update", i, "td error", float(loss))
