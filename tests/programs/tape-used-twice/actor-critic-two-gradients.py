# fault: tape-used-twice
"""One-step actor-critic on a toy problem with two states, where action i is good in state i."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)

actor = tf.keras.Sequential([tf.keras.Input((2,)), layers.Dense(8, "tanh"), layers.Dense(2)])
critic = tf.keras.Sequential([tf.keras.Input((2,)), layers.Dense(8, "tanh"), layers.Dense(1)])
actor_opt = tf.keras.optimizers.Adam(0.02)
critic_opt = tf.keras.optimizers.Adam(0.02)


def play(batch=32):
    state = rng.integers(0, 2, size=batch)
    obs = np.eye(2, dtype="float32")[state]
    probs = tf.nn.softmax(actor(obs)).numpy()
    action = (rng.random(batch) < probs[:, 1]).astype("int32")
    reward = (action == state).astype("float32")
    return obs, action, reward


for update in range(40):
    obs, action, reward = play()
    with tf.GradientTape() as tape:
        logits = actor(obs)
        value = tf.squeeze(critic(obs), axis=1)
        advantage = tf.stop_gradient(reward - value)
        log_prob = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=action, logits=logits)
        actor_loss = -tf.reduce_mean(log_prob * advantage)
        critic_loss = tf.reduce_mean(tf.square(reward - value))
    actor_grads = tape.gradient(actor_loss, actor.trainable_variables)
    critic_grads = tape.gradient(critic_loss, critic.trainable_variables)
    actor_opt.apply_gradients(zip(actor_grads, actor.trainable_variables))
    critic_opt.apply_gradients(zip(critic_grads, critic.trainable_variables))
    if update % 10 == 0:
        print("update", update, "mean reward", reward.mean())
