# fault: stop-gradient
"""Policy gradient with a learned baseline on a contextual bandit with 3 arms and 4 contexts."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
PAYOUT = rng.uniform(0.0, 1.0, size=(4, 3))


def dense_net(n_out):
    return tf.keras.Sequential([
        tf.keras.Input(shape=(4,)),
        tf.keras.layers.Dense(16, activation="tanh"),
        tf.keras.layers.Dense(n_out),
    ])


policy, baseline = dense_net(3), dense_net(1)
opt = tf.keras.optimizers.Adam(0.02)
weights = policy.trainable_variables + baseline.trainable_variables

for episode in range(50):
    context = rng.integers(0, 4, size=48)
    obs = np.eye(4, dtype="float32")[context]
    with tf.GradientTape() as tape:
        logits = policy(obs)
        arm = tf.squeeze(tf.random.categorical(logits, 1), axis=1)
        reward = PAYOUT[context, arm.numpy()] + 0.05 * rng.normal(size=48)
        reward = tf.constant(reward, tf.float32)
        value = tf.squeeze(baseline(obs), axis=1)
        advantage = tf.stop_gradient(reward - value)
        neg_log_prob = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=arm, logits=logits)
        policy_loss = tf.reduce_mean(neg_log_prob * advantage)
        value_loss = tf.reduce_mean(tf.square(advantage))
        loss = policy_loss + 0.5 * value_loss
    grads = tape.gradient(loss, weights)
    opt.apply_gradients(zip(grads, weights))
    if episode % 10 == 0:
        print(f"episode {episode} reward {tf.reduce_mean(reward):.3f} value loss {value_loss:.3f}")
