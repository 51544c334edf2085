# fault: log-of-zero
"""Policy gradient with illegal moves masked out and an entropy bonus."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(37)
rng = np.random.default_rng(37)
S, A = 5, 6
legal = (rng.random((S, A)) < 0.6).astype("float32")
legal[:, 0] = 1.0
payoff = rng.normal(size=(S, A)).astype("float32")

policy = keras.Sequential([keras.Input((S,)), layers.Dense(16, activation="tanh"), layers.Dense(A)])
opt = keras.optimizers.Adam(0.02)


def action_probs(obs, mask):
    logits = policy(obs) + (1.0 - mask) * -1e9
    return tf.nn.softmax(logits)


rewards = []
for it in range(150):
    s = rng.integers(0, S, 64)
    obs, mask = tf.one_hot(s, S), tf.constant(legal[s])
    p = action_probs(obs, mask).numpy()
    p = np.where(np.isfinite(p), p, 0) + 1e-8
    p /= p.sum(1, keepdims=True)
    a = np.array([rng.choice(A, p=row) for row in p])
    r = payoff[s, a]
    adv = tf.constant(r - r.mean())
    with tf.GradientTape() as tape:
        probs = action_probs(obs, mask)
        chosen = tf.reduce_sum(probs * tf.one_hot(a, A), axis=1)
        entropy = -tf.reduce_sum(probs * tf.math.log(probs), axis=1)
        loss = -tf.reduce_mean(adv * tf.math.log(chosen + 1e-6)) - 0.01 * tf.reduce_mean(entropy)
    grads = tape.gradient(loss, policy.trainable_variables)
    opt.apply_gradients(zip(grads, policy.trainable_variables))
    rewards.append(r.mean())
    if it % 30 == 29:
        print(it + 1, "loss", float(loss), "reward", np.mean(rewards[-30:]))
