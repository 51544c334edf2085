# fault: update-outside-graph
"""Gradient bandit with a moving average of the reward as baseline, compiled with tf.function."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
mean_reward = np.array([9.0, 10.0, 11.0, 10.5], dtype="float32")


class Agent(tf.Module):
    def __init__(self, arms):
        super().__init__()
        self.scores = tf.Variable(tf.zeros(arms), name="scores")
        self.baseline = 0.0

    @tf.function
    def learn(self, arm, reward):
        with tf.GradientTape() as tape:
            log_prob = tf.gather(tf.nn.log_softmax(self.scores), arm)
            loss = -tf.reduce_mean(log_prob * (reward - self.baseline))
        grad = tape.gradient(loss, self.scores)
        self.scores.assign_sub(0.2 * grad)
        self.baseline = 0.8 * self.baseline + 0.2 * tf.reduce_mean(reward)
        return tf.reduce_mean(reward)


agent = Agent(4)
for play in range(50):
    p = tf.nn.softmax(agent.scores).numpy().astype("float64")
    arms = rng.choice(4, size=64, p=p / p.sum())
    rewards = mean_reward[arms] + rng.normal(size=64).astype("float32")
    average = agent.learn(tf.constant(arms), tf.constant(rewards, tf.float32))
    if play % 10 == 0:
        print("play", play, "average reward", average.numpy(), "best arm", p[2].round(3))
