# fault: broadcast-loss
# Fitted value function: Monte-Carlo returns of a random walk regressed on state features.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
GAMMA, STATES = 0.95, 11


def collect(episodes=60):
    states, returns = [], []
    for _ in range(episodes):
        s, path, rewards = STATES // 2, [], []
        for _ in range(40):
            path.append(s)
            s = s + rng.choice([-1, 1])
            rewards.append(1.0 if s == STATES - 1 else (-1.0 if s == 0 else 0.0))
            if s in (0, STATES - 1):
                break
        g = 0.0
        for state, r in zip(reversed(path), reversed(rewards)):
            g = r + GAMMA * g
            states.append(np.eye(STATES)[state])
            returns.append(g)
    return np.array(states, "float32"), np.array(returns, "float32")


value_net = tf.keras.Sequential([
    tf.keras.layers.Input((STATES,)),
    tf.keras.layers.Dense(32, activation="tanh"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(1e-2)


@tf.function
def update(s, g):
    with tf.GradientTape() as tape:
        v = value_net(s, training=True)
        loss = tf.reduce_mean(tf.square(g - v))
    grads = tape.gradient(loss, value_net.trainable_variables)
    optimizer.apply_gradients(zip(grads, value_net.trainable_variables))
    return loss


states, returns = collect()
dataset = tf.data.Dataset.from_tensor_slices((states, returns)).shuffle(len(states), seed=1).batch(64, drop_remainder=True)
for epoch in range(8):
    losses = [update(s, g).numpy() for s, g in dataset]
    print(f"epoch {epoch} value loss {np.mean(losses):.4f}")
print("values:", value_net(np.eye(STATES, dtype="float32"))[:, 0].numpy().round(2))
