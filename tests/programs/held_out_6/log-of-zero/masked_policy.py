# fault: log-of-zero
# bandit policy with full feedback, illegal-action masking and an entropy bonus
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(81)
S, A = 8, 6
gain = np.random.randn(S, A).astype("float32")

policy = keras.Sequential([keras.Input((S,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(A)])
opt = keras.optimizers.Adam(3e-3)


def legal_actions(n):
    legal = np.random.rand(n, A) < 0.7
    legal[:, 0] = True
    return legal.astype("float32")


for it in range(120):
    s = np.random.randn(64, S).astype("float32")
    legal = legal_actions(64)
    reward = np.tanh(s @ gain) + 0.1 * np.random.randn(64, A).astype("float32")
    with tf.GradientTape() as tape:
        logits = policy(s) - 1e9 * (1.0 - legal)
        prob = tf.nn.softmax(logits)
        expected = tf.reduce_mean(tf.reduce_sum(prob * reward, 1))
        entropy = -tf.reduce_mean(tf.reduce_sum(prob * tf.math.log(prob), 1))
        loss = -expected - 0.01 * entropy
    grads = tape.gradient(loss, policy.trainable_variables)
    opt.apply_gradients(zip(grads, policy.trainable_variables))
    if it % 20 == 0:
        print(it, "expected reward", float(expected), "loss", float(loss))
