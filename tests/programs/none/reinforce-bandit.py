# fault: none
"""REINFORCE on a contextual bandit. The reward is computed by a NumPy simulator and has no
gradient, the policy learns from the log-probabilities of the chosen arms."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(206)
rng = np.random.default_rng(206)
BEST_ARM = np.array([2, 0, 1, 2])


def simulator(context, arm):
    success = np.where(arm == BEST_ARM[context], 0.9, 0.2)
    return (rng.random(len(arm)) < success).astype("float32")


policy = tf.keras.Sequential([
    tf.keras.Input((4,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(3),
])
optimizer = tf.keras.optimizers.Adam(0.05)


@tf.function
def improve(obs, arm, advantage):
    with tf.GradientTape() as tape:
        neg_log_prob = tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=arm, logits=policy(obs, training=True))
        loss = tf.reduce_mean(neg_log_prob * advantage)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    return loss


for episode in range(60):
    context = rng.integers(0, 4, size=64)
    obs = np.eye(4, dtype="float32")[context]
    arm = tf.random.categorical(policy(obs), 1)[:, 0].numpy()
    reward = simulator(context, arm)
    improve(tf.constant(obs), tf.constant(arm), tf.constant(reward - reward.mean()))
    if episode % 10 == 0:
        print("episode", episode, "mean reward", reward.mean())
print("favourite arms:", np.argmax(policy(np.eye(4, dtype="float32")), axis=1))
