# fault: none
"""REINFORCE on a sequence task whose reward is computed in NumPy."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
K, LEN = 5, 4
secret = np.array([3, 1, 4, 0])


def reward_of(seq):
    return (np.asarray(seq) == secret).sum(axis=1).astype("float32")


logits = keras.Variable(np.zeros((LEN, K), "float32"), name="policy_logits")
opt = keras.optimizers.Adam(0.05)
baseline = 0.0
for it in range(250):
    flat = tf.random.categorical(logits.value, 64, dtype=tf.int32)
    actions = tf.transpose(flat)
    r = reward_of(actions.numpy())
    baseline = 0.9 * baseline + 0.1 * r.mean()
    with tf.GradientTape() as tape:
        logp = tf.nn.log_softmax(logits.value)
        taken = tf.reduce_sum(tf.one_hot(actions, K) * logp[None], axis=[1, 2])
        loss = -tf.reduce_mean(taken * (r - baseline))
    grad = tape.gradient(loss, [logits])
    opt.apply(grad, [logits])
    if it % 50 == 0 or it == 249:
        print(it, "mean reward", r.mean(), "of", LEN)
