# fault: tape-used-twice
# Actor-critic on a short corridor where walking right pays.
import numpy as np
import tensorflow as tf

tf.random.set_seed(5)
rng = np.random.default_rng(5)
LENGTH, GAMMA = 6, 0.95

actor = tf.keras.Sequential([tf.keras.Input((LENGTH,)), tf.keras.layers.Dense(16, "tanh"), tf.keras.layers.Dense(2)])
critic = tf.keras.Sequential([tf.keras.Input((LENGTH,)), tf.keras.layers.Dense(16, "tanh"), tf.keras.layers.Dense(1)])
actor_opt = tf.keras.optimizers.Adam(1e-2)
critic_opt = tf.keras.optimizers.Adam(2e-2)


def rollout(horizon=20):
    pos, states, actions, rewards = 0, [], [], []
    for _ in range(horizon):
        s = np.eye(LENGTH, dtype="float32")[pos]
        p = tf.nn.softmax(actor(s[None]))[0].numpy().astype("float64")
        a = rng.choice(2, p=p / p.sum())
        pos = min(LENGTH - 1, pos + 1) if a == 1 else max(0, pos - 1)
        states.append(s), actions.append(a), rewards.append(1.0 if pos == LENGTH - 1 else -0.1)
    returns, acc = np.zeros(horizon, "float32"), 0.0
    for i in reversed(range(horizon)):
        acc = rewards[i] + GAMMA * acc
        returns[i] = acc
    return np.stack(states), np.array(actions, "int32"), returns / 10.0, sum(rewards)


def update(states, actions, returns):
    with tf.GradientTape() as tape:
        values = critic(states)[:, 0]
        advantage = tf.stop_gradient(returns - values)
        nll = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=actor(states))
        policy_loss = tf.reduce_mean(nll * advantage)
        value_loss = tf.reduce_mean(tf.square(returns - values))
    actor_opt.apply_gradients(zip(tape.gradient(policy_loss, actor.trainable_variables), actor.trainable_variables))
    critic_opt.apply_gradients(zip(tape.gradient(value_loss, critic.trainable_variables), critic.trainable_variables))
    return float(policy_loss), float(value_loss)


for episode in range(40):
    s, a, g, score = rollout()
    pl, vl = update(s, a, g)
    if episode % 10 == 0:
        print(f"episode {episode} score {score:.1f} policy {pl:.3f} value {vl:.3f}")
