# fault: unzipped-gradients
"""REINFORCE on a three-armed bandit with one vector of preferences and a compiled update."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(66)
rng = np.random.default_rng(66)
chances = np.array([0.2, 0.5, 0.8])


class Agent(tf.Module):
    def __init__(self, arms):
        super().__init__()
        self.preferences = tf.Variable(tf.zeros([arms]), name="preferences")
        self.value = tf.Variable(tf.zeros([]), name="value")
        self.optimizer = tf.keras.optimizers.SGD(0.2)

    def act(self):
        p = tf.nn.softmax(self.preferences).numpy().astype("float64")
        return rng.choice(len(p), p=p / p.sum())

    @tf.function
    def learn(self, arm, reward):
        with tf.GradientTape() as tape:
            log_p = tf.nn.log_softmax(self.preferences)[arm]
            policy_loss = -log_p * tf.stop_gradient(reward - self.value)
            value_loss = tf.square(reward - self.value)
            loss = policy_loss + value_loss
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(grads)


agent = Agent(len(chances))
earned = 0.0
for turn in range(60):
    arm = agent.act()
    reward = float(rng.random() < chances[arm])
    agent.learn(tf.constant(arm), tf.constant(reward))
    earned += reward
print("average reward", earned / 60)
print("probabilities", tf.nn.softmax(agent.preferences).numpy())
