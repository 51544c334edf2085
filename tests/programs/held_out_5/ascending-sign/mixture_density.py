# fault: ascending-sign
"""Mixture density network for an inverse problem."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
t = rng.uniform(0, 1, 1000)
x = (t + 0.3 * np.sin(2 * np.pi * t) + 0.03 * rng.normal(size=1000)).astype("float32")[:, None]
t = t.astype("float32")[:, None]
K = 3

inp = keras.Input((1,))
h = layers.Dense(24, activation="tanh")(inp)
mdn = keras.Model(inp, [layers.Dense(K)(h), layers.Dense(K)(h), layers.Dense(K)(h)])
opt = keras.optimizers.Adam(0.003)


def log_likelihood(target, logits, mu, raw_sigma):
    sigma = tf.nn.softplus(raw_sigma) + 0.05
    comp = -0.5 * tf.square((target - mu) / sigma) - tf.math.log(sigma) - 0.919
    return tf.reduce_mean(tf.reduce_logsumexp(tf.nn.log_softmax(logits) + comp, axis=1))


@tf.function
def step(xb, tb):
    with tf.GradientTape() as tape:
        loss = log_likelihood(tb, *mdn(xb, training=True))
    grads = tape.gradient(loss, mdn.trainable_variables)
    opt.apply_gradients(zip(grads, mdn.trainable_variables))
    return loss


for epoch in range(30):
    order = rng.permutation(1000)
    ll = [float(step(tf.constant(x[b]), tf.constant(t[b]))) for b in np.split(order, 10)]
    if epoch % 5 == 4:
        print("epoch", epoch + 1, "objective", np.mean(ll))
