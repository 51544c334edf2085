# fault: none
# Policy gradient for stock ordering: the reward comes from a NumPy simulator with rounding and integer demand.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(115)
rng = np.random.default_rng(115)
LEVELS = 6


def simulate(season, order):
    demand = np.floor(2.0 + 2.0 * season + rng.uniform(0, 1.5, season.shape)).astype(int)
    sold = np.minimum(demand, order)
    return np.round(2.0 * sold - 1.0 * order - 0.5 * (demand > order), 1)


policy = keras.Sequential([keras.Input((1,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(LEVELS)])
optimizer = keras.optimizers.Adam(1e-2)


@tf.function
def improve(season, order, advantage, entropy_weight):
    with tf.GradientTape() as tape:
        logits = policy(season, training=True)
        nll = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=order, logits=logits)
        logp = tf.nn.log_softmax(logits)
        entropy = -tf.reduce_sum(tf.exp(logp) * logp, axis=1)
        loss = tf.reduce_mean(nll * advantage) - entropy_weight * tf.reduce_mean(entropy)
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    return loss


for it in range(150):
    season = rng.uniform(-1, 1, (128, 1)).astype("float32")
    order = tf.random.categorical(policy(season), 1)[:, 0].numpy()
    reward = simulate(season[:, 0], order)
    advantage = ((reward - reward.mean()) / (reward.std() + 1e-6)).astype("float32")
    improve(season, order, advantage, tf.constant(0.01))
    if it % 30 == 0:
        print(f"iteration {it:3d} mean reward {reward.mean():.3f}")
greedy = np.argmax(policy(np.linspace(-1, 1, 5, dtype="float32")[:, None]).numpy(), axis=1)
print("orders from low to high season", greedy)
