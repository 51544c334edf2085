# fault: ascending-sign
"""REINFORCE with a running baseline on a five-armed bandit."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
payout = np.array([0.1, 0.9, 0.3, 0.5, 0.2])

preferences = tf.Variable(tf.zeros(5), name="preferences")
optimizer = tf.keras.optimizers.SGD(0.5)
baseline = 0.4
mean_rewards = []

for iteration in range(60):
    probabilities = tf.nn.softmax(preferences).numpy().astype("float64")
    actions = rng.choice(5, size=100, p=probabilities / probabilities.sum())
    rewards = (rng.uniform(size=100) < payout[actions]).astype("float32")
    advantages = tf.constant(rewards - baseline, tf.float32)
    with tf.GradientTape() as tape:
        log_probs = tf.gather(tf.nn.log_softmax(preferences), actions)
        policy_loss = tf.reduce_mean(log_probs * advantages)
    gradient = tape.gradient(policy_loss, preferences)
    optimizer.apply_gradients([(gradient, preferences)])
    baseline = 0.9 * baseline + 0.1 * float(rewards.mean())
    mean_rewards.append(rewards.mean())

print("reward at the start", np.mean(mean_rewards[:10]), "at the end", np.mean(mean_rewards[-10:]))
print("policy", tf.nn.softmax(preferences).numpy().round(3))
