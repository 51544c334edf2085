# fault: none
# REINFORCE with a moving baseline on a contextual bandit.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)
ARMS, CONTEXT = 4, 5
payoff = rng.normal(size=(CONTEXT, ARMS))
policy = keras.Sequential([keras.Input((CONTEXT,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(ARMS)])
optimizer = keras.optimizers.Adam(0.02)
baseline = 0.0

for episode in range(60):
    context = rng.normal(size=(128, CONTEXT)).astype("float32")
    with tf.GradientTape() as tape:
        logits = policy(context)
        arm = tf.random.categorical(tf.stop_gradient(logits), 1, seed=7)[:, 0].numpy()
        reward = (context @ payoff)[np.arange(128), arm]
        advantage = (reward - baseline).astype("float32")
        log_prob = tf.reduce_sum(tf.one_hot(arm, ARMS) * tf.nn.log_softmax(logits), axis=1)
        loss = -tf.reduce_mean(log_prob * advantage)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    baseline = 0.9 * baseline + 0.1 * reward.mean()
    if episode % 10 == 0 or episode == 59:
        print(f"episode {episode}: reward {reward.mean():.3f} surrogate {float(loss):.3f}")
print("best possible:", round(float((context @ payoff).max(1).mean()), 3))
