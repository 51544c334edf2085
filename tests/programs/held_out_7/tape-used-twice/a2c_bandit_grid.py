# fault: tape-used-twice
# Advantage actor-critic on a one-dimensional corridor, batch of environments.
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

np.random.seed(3)
tf.keras.utils.set_random_seed(3)

L, GAMMA, ENVS, HORIZON = 9, 0.95, 16, 12


def one_hot(s):
    return tf.one_hot(s, L)


actor = tf.keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(2)])
critic = tf.keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(1)])
actor_opt = tf.keras.optimizers.Adam(3e-3)
critic_opt = tf.keras.optimizers.Adam(1e-2)


def rollout():
    s = np.random.randint(0, L - 1, ENVS)
    S, A, R = [], [], []
    for _ in range(HORIZON):
        logits = actor(one_hot(s))
        a = tf.random.categorical(logits, 1)[:, 0].numpy()
        nxt = np.clip(s + np.where(a == 1, 1, -1), 0, L - 1)
        r = (nxt == L - 1).astype(np.float32)
        S.append(s); A.append(a); R.append(r)
        s = nxt
    G = np.zeros_like(np.array(R))
    acc = np.zeros(ENVS, np.float32)
    for k in reversed(range(HORIZON)):
        acc = R[k] + GAMMA * acc
        G[k] = acc
    return np.concatenate(S), np.concatenate(A), G.reshape(-1), np.sum(R) / ENVS


for update in range(60):
    s, a, g, score = rollout()
    obs = one_hot(s)
    with tf.GradientTape() as tape:
        v = tf.squeeze(critic(obs), -1)
        adv = tf.stop_gradient(g - v)
        logp = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=a, logits=actor(obs))
        actor_loss = -tf.reduce_mean(logp * adv)
        critic_loss = tf.reduce_mean(tf.square(g - v))
    g_actor = tape.gradient(actor_loss, actor.trainable_variables)
    g_critic = tape.gradient(critic_loss, critic.trainable_variables)
    actor_opt.apply_gradients(zip(g_actor, actor.trainable_variables))
    critic_opt.apply_gradients(zip(g_critic, critic.trainable_variables))
    if update % 15 == 0:
        print(f"update {update} score {score:.2f} critic {float(critic_loss):.3f}")
