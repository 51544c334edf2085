# fault: broadcast-loss
# Fits a value function to Monte Carlo returns of a corridor game.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
GAMMA, LENGTH = 0.9, 8


def play():
    """One episode: walk right with probability 0.7 until the end of the corridor."""
    place, places, rewards = 0, [], []
    while place < LENGTH:
        places.append(place)
        place = min(LENGTH, place + 1) if rng.random() < 0.7 else max(0, place - 1)
        rewards.append(5.0 if place == LENGTH else -0.2)
    returns, g = [], 0.0
    for r in reversed(rewards):
        g = r + GAMMA * g
        returns.append(g)
    return places, returns[::-1]


critic = keras.Sequential([
    keras.Input((LENGTH,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.03)


@tf.function(reduce_retracing=True)
def update(observation, returns):
    with tf.GradientTape() as tape:
        value = critic(observation)
        error = returns - value
        loss = tf.reduce_mean(tf.where(tf.abs(error) < 1.0, 0.5 * error ** 2, tf.abs(error) - 0.5))
    grads = tape.gradient(loss, critic.trainable_variables)
    optimizer.apply_gradients(zip(grads, critic.trainable_variables))
    return loss


for iteration in range(30):
    episodes = [play() for _ in range(6)]
    places = np.concatenate([p for p, _ in episodes])
    returns = np.concatenate([r for _, r in episodes]).astype("float32")
    loss = update(tf.one_hot(places, LENGTH), tf.constant(returns))
    if iteration % 6 == 0:
        print(f"iteration {iteration} loss {float(loss):.3f}")

print("value of each place:", np.round(critic(np.eye(LENGTH, dtype="float32")).numpy().ravel(), 2))
