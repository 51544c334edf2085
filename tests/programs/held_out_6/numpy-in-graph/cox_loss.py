# fault: numpy-in-graph
# survival model with a Cox partial likelihood
import numpy as np
import tensorflow as tf

tf.random.set_seed(91)
rng = np.random.default_rng(91)
X = rng.normal(size=(600, 7)).astype("float32")
risk = X @ np.array([0.8, -0.5, 0.3, 0, 0, 0, 0.2])
time = rng.exponential(np.exp(-risk)).astype("float32")
event = (rng.random(600) < 0.7).astype("float32")

net = tf.keras.Sequential([tf.keras.Input((7,)), tf.keras.layers.Dense(16, activation="tanh"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(3e-3)


def partial_likelihood(score, t, e):
    order = np.argsort(-np.array(t))
    score = tf.gather(score[:, 0], order)
    e = tf.gather(e, order)
    log_risk = tf.math.cumulative_logsumexp(score)
    return -tf.reduce_sum((score - log_risk) * e) / tf.reduce_sum(e)


@tf.function
def step(x, t, e):
    with tf.GradientTape() as tape:
        loss = partial_likelihood(net(x), t, e)
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for i in range(100):
    r = rng.choice(600, 100, replace=False)
    loss = step(tf.constant(X[r]), tf.constant(time[r]), tf.constant(event[r]))
    if i % 20 == 0:
        print(i, float(loss))
