# fault: log-of-zero
"""Policy network with forbidden moves: REINFORCE objective plus an entropy bonus."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(72)
rng = np.random.default_rng(72)
boards = rng.normal(size=(96, 6)).astype("float32")
allowed = rng.uniform(size=(96, 4)) < 0.7
allowed[:, 0] = True
good_move = np.where(allowed, boards[:, :4], -9).argmax(axis=1)

policy = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(4),
])
optimizer = tf.keras.optimizers.Adam(0.01)


def move_probabilities(observation, legal):
    logits = tf.where(legal, policy(observation), -1e9)
    return tf.nn.softmax(logits)


for iteration in range(20):
    p = move_probabilities(boards, allowed).numpy().astype("float64")
    if np.isnan(p).any():
        moves = good_move * 0
    else:
        moves = np.array([rng.choice(4, p=row / row.sum()) for row in p])
    reward = (moves == good_move).astype("float32")
    with tf.GradientTape() as tape:
        probs = move_probabilities(boards, allowed)
        chosen = tf.reduce_sum(probs * tf.one_hot(moves, 4), axis=1)
        gain = tf.reduce_mean(tf.math.log(chosen) * (reward - reward.mean()))
        entropy = -tf.reduce_mean(tf.reduce_sum(probs * tf.math.log(probs), axis=1))
        loss = -gain - 0.01 * entropy
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    print(iteration, "loss", float(loss), "reward", reward.mean())
