# fault: log-of-zero
# Policy gradient for a card game in which some actions are illegal in each state.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(63)
rng = np.random.default_rng(63)
CARDS, STATE = 5, 8
quality = rng.normal(size=(STATE, CARDS)).astype("float32")

policy = keras.Sequential([
    keras.Input((STATE,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(CARDS),
])
optimizer = keras.optimizers.Adam(5e-3)


def distribution(state, legal):
    logits = tf.where(legal, policy(state), -1e9)
    return tf.nn.softmax(logits)


def learn(state, legal, action, reward):
    with tf.GradientTape() as tape:
        probs = distribution(state, legal)
        chosen = tf.gather(probs, action, batch_dims=1)
        baseline = tf.reduce_mean(reward)
        surrogate = -tf.reduce_mean(tf.math.log(chosen) * (reward - baseline))
        entropy = -tf.reduce_mean(tf.reduce_sum(probs * tf.math.log(probs), axis=-1))
        loss = surrogate - 0.01 * entropy
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    return loss


for episode in range(24):
    state = rng.normal(size=(64, STATE)).astype("float32")
    legal = rng.random((64, CARDS)) < (1.0 if episode < 8 else 0.7)
    legal[np.arange(64), rng.integers(0, CARDS, 64)] = True
    probs = distribution(state, legal).numpy()
    action = np.array([rng.choice(CARDS, p=p / p.sum()) if np.isfinite(p).all() else 0
                       for p in probs.astype("float64")])
    reward = (state @ quality)[np.arange(64), action].astype("float32")
    loss = learn(tf.constant(state), tf.constant(legal), tf.constant(action), tf.constant(reward))
    if episode % 4 == 0:
        print(f"episode {episode}: reward {reward.mean():.3f} loss {float(loss):.4f}")
