# fault: log-of-zero
"""REINFORCE for a routing puzzle with illegal actions; entropy bonus for exploration."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(22)
rng = np.random.default_rng(22)
OBS, ACT, BATCH = 8, 5, 64
secret = rng.normal(size=(OBS, ACT))

policy = tf.keras.Sequential([
    tf.keras.Input((OBS,)),
    layers.Dense(32, activation="tanh"),
    layers.Dense(ACT),
])
optimizer = tf.keras.optimizers.Adam(5e-3)
optimizer.build(policy.trainable_variables)


def sample_env(n):
    obs = rng.normal(size=(n, OBS)).astype("float32")
    legal = rng.random((n, ACT)) < 0.7
    legal[np.arange(n), rng.integers(0, ACT, n)] = True
    return obs, legal.astype("float32")


def masked_logits(obs, legal):
    return policy(obs) + (legal - 1.0) * 1e9


@tf.function
def learn(obs, legal, action, advantage):
    with tf.GradientTape() as tape:
        logits = masked_logits(obs, legal)
        neg_logp = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=action, logits=logits)
        probs = tf.nn.softmax(logits)
        entropy = -tf.reduce_sum(probs * tf.math.log(probs), axis=1)
        loss = tf.reduce_mean(neg_logp * advantage) - 0.01 * tf.reduce_mean(entropy)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    return loss


baseline = 0.0
for it in range(80):
    obs, legal = sample_env(BATCH)
    action = tf.random.categorical(masked_logits(obs, legal), 1)[:, 0].numpy()
    action = np.clip(action, 0, ACT - 1)
    reward = np.tanh(obs @ secret)[np.arange(BATCH), action].astype("float32")
    loss = learn(obs, legal, action, reward - np.float32(baseline))
    baseline = 0.9 * baseline + 0.1 * reward.mean()
    if it % 10 == 0:
        print(f"iteration {it} reward {reward.mean():+.3f} loss {float(loss):+.4f}")
