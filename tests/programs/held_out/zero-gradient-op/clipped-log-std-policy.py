# fault: zero-gradient-op
"""Gaussian policy for a one-dimensional aiming task: network mean, one log standard deviation,
REINFORCE with a batch baseline."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(96)
rng = np.random.default_rng(96)


class GaussianPolicy(keras.Model):
    def __init__(self):
        super().__init__()
        self.body = keras.layers.Dense(16, activation="tanh")
        self.mean = keras.layers.Dense(1)
        self.log_std = self.add_weight(
            name="log_std", shape=(1,), initializer=keras.initializers.Constant(0.5))

    def call(self, state):
        mean = self.mean(self.body(state))
        log_std = tf.clip_by_value(self.log_std, -20.0, -1.0)
        return mean, tf.exp(log_std)


def log_prob(action, mean, std):
    return tf.squeeze(-0.5 * tf.square((action - mean) / std) - tf.math.log(std), axis=1)


policy = GaussianPolicy()
optimizer = keras.optimizers.Adam(0.01)
for episode in range(40):
    state = rng.uniform(-1, 1, size=(64, 2)).astype("float32")
    target = state[:, :1] - state[:, 1:]
    mean, std = policy(state)
    action = mean + std * tf.random.normal(mean.shape)
    reward = -tf.squeeze(tf.abs(action - target), axis=1)
    advantage = (reward - tf.reduce_mean(reward)) / (tf.math.reduce_std(reward) + 1e-6)
    with tf.GradientTape() as tape:
        mean, std = policy(state)
        loss = -tf.reduce_mean(log_prob(action, mean, std) * advantage)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    if episode % 10 == 0:
        print(f"episode {episode}: reward {float(tf.reduce_mean(reward)):.3f}, "
              f"log_std {float(policy.log_std[0]):.3f}")
