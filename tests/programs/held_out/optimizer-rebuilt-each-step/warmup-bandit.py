# fault: optimizer-rebuilt-each-step
"""Contextual bandit learned by REINFORCE; every update uses Adam with a warmed-up rate."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
contexts = rng.normal(size=(40, 64, 4)).astype("float32")
best_arm = rng.normal(size=(4, 3))

policy = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])


class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, steps):
        self.peak, self.steps = peak, steps

    def __call__(self, step):
        return self.peak * tf.minimum(1.0, tf.cast(step, tf.float32) / self.steps)


def update(observation, action, reward):
    opt = keras.optimizers.Adam(WarmUp(0.05, 5))
    advantage = reward - reward.mean()
    with tf.GradientTape() as tape:
        logits = policy(observation)
        picked = tf.one_hot(action, 3)
        log_prob = tf.reduce_sum(picked * tf.nn.log_softmax(logits), axis=1)
        objective = -tf.reduce_mean(log_prob * advantage)
    grads = tape.gradient(objective, policy.trainable_variables)
    opt.apply_gradients(zip(grads, policy.trainable_variables))


for round_, observation in enumerate(contexts):
    probs = tf.nn.softmax(policy(observation)).numpy()
    action = np.array([rng.choice(3, p=p / p.sum()) for p in probs.astype("float64")])
    reward = ((observation @ best_arm).argmax(axis=1) == action).astype("float32")
    update(observation, action, reward)
    if round_ % 8 == 0:
        print("round", round_, "mean reward", reward.mean())
