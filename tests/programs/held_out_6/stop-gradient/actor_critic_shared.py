# fault: stop-gradient
# shared-trunk actor-critic on a contextual bandit with 5 arms
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(17)
CTX, ARMS = 6, 5
true_w = np.random.randn(CTX, ARMS).astype("float32")


class Agent(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = keras.layers.Dense(32, activation="relu")
        self.policy = keras.layers.Dense(ARMS)
        self.value = keras.layers.Dense(1)

    def call(self, s):
        h = self.trunk(s)
        return self.policy(h), tf.squeeze(self.value(h), -1)


agent = Agent()
agent(tf.zeros((1, CTX)))
opt = keras.optimizers.Adam(3e-3)
running = 0.0

for it in range(90):
    s = np.random.randn(64, CTX).astype("float32")
    logits, _ = agent(s)
    arms = tf.random.categorical(logits, 1)[:, 0]
    reward = np.tanh((s @ true_w)[np.arange(64), arms.numpy()]) + 0.1 * np.random.randn(64)
    reward = reward.astype("float32")
    with tf.GradientTape() as tape:
        logits, value = agent(s)
        logp = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=arms, logits=logits)
        actor_loss = -tf.reduce_mean(tf.stop_gradient(logp * (reward - value)))
        critic_loss = tf.reduce_mean(tf.square(reward - value))
        loss = actor_loss + 0.5 * critic_loss
    grads = tape.gradient(loss, agent.trainable_variables)
    opt.apply_gradients(zip(grads, agent.trainable_variables))
    running = 0.95 * running + 0.05 * reward.mean()
    if it % 30 == 0:
        print(f"{it:4d} reward {running:.3f} critic {float(critic_loss):.3f}")
