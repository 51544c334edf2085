# fault: broadcast-loss
"""REINFORCE for a Bernoulli policy: press the button when the light is off. Rewards come from a
NumPy environment and are standardised over the batch."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential, Input

tf.keras.utils.set_random_seed(106)
rng = np.random.default_rng(106)
policy = Sequential([Input((1,)), layers.Dense(8, activation="tanh"), layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.03)


def environment(light, pressed):
    """+1 for pressing in the dark and for waiting on bright light, 0 otherwise."""
    return (pressed == (light[:, 0] < 0)).astype("float32")


for update in range(40):
    light = rng.uniform(-1, 1, size=(64, 1)).astype("float32")
    p = tf.sigmoid(policy(light)).numpy()
    pressed = rng.random((64, 1)) < p
    reward = environment(light, pressed[:, 0])
    advantage = (reward - reward.mean()) / (reward.std() + 1e-6)
    with tf.GradientTape() as tape:
        logits = policy(light, training=True)
        log_prob = -tf.nn.sigmoid_cross_entropy_with_logits(
            labels=tf.cast(pressed, tf.float32), logits=logits)
        loss = -tf.reduce_mean(log_prob * advantage)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    if update % 10 == 0:
        print(f"update {update}: mean reward {reward.mean():.3f}")
