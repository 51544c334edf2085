# fault: stop-gradient
# Advantage actor-critic on a small contextual decision task with a shared torso.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
ACTIONS, FEATURES = 3, 5
skill = rng.normal(size=(FEATURES, ACTIONS)).astype("float32")


class ActorCritic(keras.Model):
    def __init__(self):
        super().__init__()
        self.torso = keras.layers.Dense(32, activation="tanh")
        self.policy = keras.layers.Dense(ACTIONS)
        self.value_hidden = keras.layers.Dense(16, activation="tanh")
        self.value = keras.layers.Dense(1)

    def call(self, obs):
        h = self.torso(obs)
        return self.policy(h), tf.squeeze(self.value(self.value_hidden(h)), -1)


agent = ActorCritic()
agent(tf.zeros((1, FEATURES)))
optimizer = keras.optimizers.Adam(1e-2)


@tf.function
def learn(obs, action, reward):
    with tf.GradientTape() as tape:
        logits, value = agent(obs)
        advantage = tf.stop_gradient(reward - value)
        log_prob = tf.gather(tf.nn.log_softmax(logits), action, batch_dims=1)
        actor_loss = -tf.reduce_mean(log_prob * advantage)
        critic_loss = tf.reduce_mean(tf.square(advantage))
        probs = tf.nn.softmax(logits)
        entropy = -tf.reduce_mean(tf.reduce_sum(probs * tf.nn.log_softmax(logits), -1))
        loss = actor_loss + 0.5 * critic_loss - 0.01 * entropy
    grads = tape.gradient(loss, agent.trainable_variables)
    optimizer.apply_gradients(zip(grads, agent.trainable_variables))
    return critic_loss


for update in range(30):
    obs = rng.normal(size=(64, FEATURES)).astype("float32")
    logits, _ = agent(obs)
    action = tf.random.categorical(logits, 1)[:, 0]
    reward = 3.0 + (obs @ skill)[np.arange(64), action.numpy()]
    critic = learn(obs, action, tf.constant(reward, tf.float32))
    if update % 6 == 0:
        print(f"update {update}: reward {reward.mean():.3f}, value error {float(critic):.3f}")
