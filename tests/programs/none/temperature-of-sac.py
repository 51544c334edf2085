# fault: none
# An entropy temperature trained by its own loss on a stopped gradient.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(30)
rng = np.random.default_rng(30)
label = rng.integers(0, 4, 320)
x = (rng.normal(size=(4, 8))[label] * 1.5 + rng.normal(size=(320, 8)) * 0.5).astype("float32")

policy = keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(4)])
log_alpha = tf.Variable(0.0, name="log_alpha")
reward = tf.constant(rng.normal(size=(320, 4)), tf.float32)
opt, other = keras.optimizers.Adam(0.01), keras.optimizers.Adam(0.01)
for i in range(60):
    with tf.GradientTape(persistent=True) as tape:
        logp = tf.nn.log_softmax(policy(x))
        p = tf.exp(logp)
        entropy = -tf.reduce_mean(tf.reduce_sum(p * logp, axis=1))
        actor = -tf.reduce_mean(tf.reduce_sum(p * reward, axis=1)) - tf.stop_gradient(tf.exp(log_alpha)) * entropy
        alpha_loss = log_alpha * tf.stop_gradient(entropy - 0.7)
    opt.apply_gradients(zip(tape.gradient(actor, policy.trainable_variables), policy.trainable_variables))
    other.apply_gradients([(tape.gradient(alpha_loss, log_alpha), log_alpha)])
print(float(actor), float(log_alpha))
