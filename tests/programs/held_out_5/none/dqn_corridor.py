# fault: none
"""Deep Q-learning with a target network and a replay of random transitions."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
N, GAMMA = 7, 0.8


def q_network():
    return keras.Sequential([keras.Input((N,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2)])


online, target = q_network(), q_network()
target.set_weights(online.get_weights())
opt = keras.optimizers.Adam(0.01)


@tf.function
def learn(s, a, r, s2, done):
    future = tf.reduce_max(target(s2), axis=1)
    goal = tf.stop_gradient(r + GAMMA * (1.0 - done) * future)
    with tf.GradientTape() as tape:
        q = tf.gather(online(s), a, batch_dims=1)
        loss = tf.reduce_mean(tf.square(goal - q))
    grads = tape.gradient(loss, online.trainable_variables)
    opt.apply_gradients(zip(grads, online.trainable_variables))
    return loss


gamma_true = GAMMA ** np.arange(N - 2, -1, -1)
for it in range(600):
    s = rng.integers(0, N - 1, 64)
    a = rng.integers(0, 2, 64)
    s2 = np.clip(s + 2 * a - 1, 0, N - 1)
    done = (s2 == N - 1).astype("float32")
    learn(tf.one_hot(s, N), tf.constant(a), tf.constant(done), tf.one_hot(s2, N), tf.constant(done))
    if it % 20 == 0:
        target.set_weights(online.get_weights())
    if it % 100 == 0 or it == 599:
        v = online(np.eye(N, dtype="float32")[:-1]).numpy().max(1)
        print(it, "value error", float(np.abs(v - gamma_true).mean()))
