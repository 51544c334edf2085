# fault: stop-gradient
"""Policy gradient with a learned baseline on a contextual bandit (shared torso, two heads)."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
CTX, ACTIONS, BATCH = 6, 4, 64
theta = rng.normal(size=(CTX, ACTIONS)).astype("float32")


class ActorCritic(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.torso = tf.keras.layers.Dense(32, activation="tanh")
        self.pi = tf.keras.layers.Dense(ACTIONS)
        self.v1 = tf.keras.layers.Dense(32, activation="tanh")
        self.v2 = tf.keras.layers.Dense(1)

    def call(self, ctx):
        h = self.torso(ctx)
        return self.pi(h), tf.squeeze(self.v2(self.v1(h)), axis=-1)


def pull(ctx, action):
    mean = np.tanh(ctx @ theta)[np.arange(len(action)), action]
    return (1.5 + mean + 0.1 * rng.normal(size=len(action))).astype("float32")


agent = ActorCritic()
agent(tf.zeros((1, CTX)))
optimizer = tf.keras.optimizers.Adam(4e-3)
VF, ENT = 0.5, 0.01


def update(ctx, action, reward):
    with tf.GradientTape() as tape:
        logits, value = agent(ctx)
        logp_all = tf.nn.log_softmax(logits)
        logp = tf.gather(logp_all, action, batch_dims=1)
        advantage = tf.stop_gradient(reward - value)
        policy_loss = -tf.reduce_mean(logp * advantage)
        value_loss = tf.reduce_mean(tf.square(advantage))
        entropy = -tf.reduce_mean(tf.reduce_sum(tf.exp(logp_all) * logp_all, -1))
        loss = policy_loss + VF * value_loss - ENT * entropy
    grads = tape.gradient(loss, agent.trainable_variables)
    optimizer.apply_gradients(zip(grads, agent.trainable_variables))
    return float(policy_loss), float(value_loss)


for it in range(70):
    ctx = rng.normal(size=(BATCH, CTX)).astype("float32")
    logits, _ = agent(ctx)
    act = tf.random.categorical(logits, 1, seed=it)[:, 0].numpy()
    rew = pull(ctx, act)
    pl, vl = update(ctx, act, rew)
    if it % 10 == 9:
        print(f"it {it + 1:3d} reward {rew.mean():.3f} policy {pl:+.3f} value loss {vl:.3f}")
