# fault: forward-outside-tape
# advantage actor-critic on a small corridor world, n-step rollouts
import numpy as np
import tensorflow as tf

tf.random.set_seed(3)
rng = np.random.default_rng(3)
LENGTH, GAMMA, N_STEPS, N_ENVS = 9, 0.95, 5, 24


class Corridor:
    """Walk right to the end for +1, each step costs 0.02."""

    def __init__(self, n):
        self.pos = rng.integers(0, LENGTH - 1, n)

    def obs(self):
        return np.eye(LENGTH, dtype="float32")[self.pos]

    def step(self, a):
        self.pos = np.clip(self.pos + np.where(a == 1, 1, -1), 0, LENGTH - 1)
        done = self.pos == LENGTH - 1
        reward = np.where(done, 1.0, -0.02).astype("float32")
        self.pos = np.where(done, rng.integers(0, LENGTH - 1, len(a)), self.pos)
        return reward, done.astype("float32")


actor = tf.keras.Sequential([tf.keras.Input((LENGTH,)), tf.keras.layers.Dense(32, "tanh"), tf.keras.layers.Dense(2)])
critic = tf.keras.Sequential([tf.keras.Input((LENGTH,)), tf.keras.layers.Dense(32, "tanh"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(5e-3)
env = Corridor(N_ENVS)

for update in range(60):
    obs, acts, rews, dones, values = [], [], [], [], []
    for _ in range(N_STEPS):
        o = env.obs()
        logits = actor(o)
        a = tf.random.categorical(logits, 1)[:, 0].numpy()
        v = critic(o)[:, 0]
        r, d = env.step(a)
        obs.append(o), acts.append(a), rews.append(r), dones.append(d), values.append(v)
    ret = critic(env.obs())[:, 0].numpy()
    returns = []
    for r, d in zip(rews[::-1], dones[::-1]):
        ret = r + GAMMA * (1 - d) * ret
        returns.insert(0, ret)
    O = np.concatenate(obs)
    A = np.concatenate(acts)
    R = np.concatenate(returns).astype("float32")
    V = tf.concat(values, 0)
    with tf.GradientTape() as tape:
        logp = tf.nn.log_softmax(actor(O))
        picked = tf.gather(logp, A, axis=1, batch_dims=1)
        adv = tf.stop_gradient(R - V)
        pg = -tf.reduce_mean(picked * adv)
        entropy = -tf.reduce_mean(tf.reduce_sum(tf.exp(logp) * logp, -1))
        value_loss = tf.reduce_mean(tf.square(R - V))
        loss = pg + 0.5 * value_loss - 0.01 * entropy
    params = actor.trainable_variables + critic.trainable_variables
    grads = tape.gradient(loss, params)
    opt.apply_gradients(zip(grads, params))
    if update % 20 == 0:
        print(update, "reward", np.mean(rews), "value loss", float(value_loss))
