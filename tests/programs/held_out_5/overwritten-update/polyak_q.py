# fault: overwritten-update
"""Q-learning on a 1-D corridor, transitions from a random behaviour policy."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
N, GAMMA, TAU = 8, 0.9, 0.02


def make_q():
    return keras.Sequential([keras.Input((N,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(2)])


q_net, target_net = make_q(), make_q()
target_net.set_weights(q_net.get_weights())
opt = keras.optimizers.Adam(0.005)


def sample(n=64):
    s = rng.integers(0, N - 1, n)
    a = rng.integers(0, 2, n)
    s2 = np.clip(s + 2 * a - 1, 0, N - 1)
    done = (s2 == N - 1).astype("float32")
    done = tf.constant(done)
    return tf.one_hot(s, N), tf.constant(a), done, tf.one_hot(s2, N), done


def soft_update():
    for q, t in zip(q_net.trainable_variables, target_net.trainable_variables):
        q.assign(TAU * q + (1.0 - TAU) * t)


log = []


@tf.function
def learn(s, a, r, s2, done):
    target = r + GAMMA * (1 - done) * tf.reduce_max(target_net(s2), axis=1)
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(q_net(s) * tf.one_hot(a, 2), axis=1)
        loss = tf.reduce_mean(tf.square(q - target))
    grads = tape.gradient(loss, q_net.trainable_variables)
    opt.apply_gradients(zip(grads, q_net.trainable_variables))
    soft_update()
    return loss


for it in range(400):
    log.append(float(learn(*sample())))
    if it % 80 == 79:
        print(it + 1, "td loss", round(np.mean(log[-40:]), 4))

q = q_net(np.eye(N, dtype="float32")).numpy()
print("greedy action per cell (1 = right):", q[:-1].argmax(1), "V:", q.max(1).round(2))
