# fault: tape-used-twice
import numpy as np
import tensorflow as tf
import keras
from keras import layers

# contextual bandit with a critic as baseline
rng = np.random.default_rng(2)
keras.utils.set_random_seed(2)
N_CTX, N_ACT = 6, 4
true_reward = rng.normal(size=(N_CTX, N_ACT)).astype("float32")

actor = keras.Sequential([keras.Input((N_CTX,)), layers.Dense(16, activation="tanh"), layers.Dense(N_ACT)])
critic = keras.Sequential([keras.Input((N_CTX,)), layers.Dense(16, activation="tanh"), layers.Dense(1)])
actor_opt = keras.optimizers.Adam(0.02)
critic_opt = keras.optimizers.Adam(0.02)


def act(obs):
    return tf.random.categorical(actor(obs), 1)[:, 0]


mean_rewards = []
for update in range(150):
    ctx = rng.integers(0, N_CTX, size=64)
    obs = tf.one_hot(ctx, N_CTX)
    actions = act(obs)
    reward = true_reward[ctx, actions.numpy()] + 0.1 * rng.normal(size=64).astype("float32")
    reward = tf.constant(reward, tf.float32)

    with tf.GradientTape() as tape:
        logits = actor(obs, training=True)
        value = critic(obs, training=True)[:, 0]
        logp = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=logits)
        advantage = tf.stop_gradient(reward - value)
        actor_loss = -tf.reduce_mean(logp * advantage)
        critic_loss = tf.reduce_mean(tf.square(reward - value))

    actor_grads = tape.gradient(actor_loss, actor.trainable_variables)
    critic_grads = tape.gradient(critic_loss, critic.trainable_variables)
    actor_opt.apply_gradients(zip(actor_grads, actor.trainable_variables))
    critic_opt.apply_gradients(zip(critic_grads, critic.trainable_variables))
    mean_rewards.append(float(tf.reduce_mean(reward)))
    if update % 30 == 29:
        print(update + 1, "reward", np.mean(mean_rewards[-30:]), "best possible", true_reward.max(1).mean())
