# fault: log-of-zero
# Policy gradient with an entropy bonus for a board game in which some moves are illegal.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
CELLS = 6
payoff = tf.constant(rng.normal(size=CELLS), tf.float32)

policy = tf.keras.Sequential([
    tf.keras.layers.Input((CELLS,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(CELLS),
])
optimizer = tf.keras.optimizers.Adam(5e-3)


def masked_logits(board):
    legal = tf.equal(board, 0.0)
    return tf.where(legal, policy(board), -1e9)


def sample(logits):
    gumbel = -tf.math.log(-tf.math.log(tf.random.uniform(tf.shape(logits), 1e-6, 1.0 - 1e-6)))
    return tf.argmax(logits + gumbel, axis=1)


def play(batch=64):
    board = (rng.random((batch, CELLS)) < 0.35).astype("float32")
    board[np.arange(batch), rng.integers(0, CELLS, batch)] = 0.0
    return tf.constant(board)


for it in range(100):
    board = play()
    with tf.GradientTape() as tape:
        logits = masked_logits(board)
        action = sample(logits)
        probs = tf.nn.softmax(logits)
        reward = tf.gather(payoff, action)
        chosen = tf.gather(probs, action, batch_dims=1)
        entropy = -tf.reduce_sum(probs * tf.math.log(probs), axis=1)
        policy_loss = -tf.reduce_mean(tf.math.log(chosen) * (reward - tf.reduce_mean(reward)))
        loss = policy_loss - 0.01 * tf.reduce_mean(entropy)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    if it % 20 == 0:
        print(f"iteration {it:3d} reward {float(tf.reduce_mean(reward)):.3f} loss {float(loss):.4f}")
