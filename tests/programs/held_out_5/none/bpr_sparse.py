# fault: none
"""Implicit-feedback recommender with a pairwise ranking loss; cold users are never seen."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(12)
n_users, n_items, k = 100, 60, 6
taste = rng.integers(0, 3, n_users)
genre = rng.integers(0, 3, n_items)
active = np.arange(70)

users = tf.Variable(0.1 * rng.normal(size=(n_users, k)).astype("float32"), name="users")
items = tf.Variable(0.1 * rng.normal(size=(n_items, k)).astype("float32"), name="items")
pop = tf.Variable(tf.zeros((n_items,)), name="popularity")
lr = 2.0


def sample(n=256):
    u = rng.choice(active, n)
    pos = np.array([rng.choice(np.flatnonzero(genre == taste[i])) for i in u])
    neg = rng.integers(0, n_items, n)
    return u, pos, neg


hist = []
for it in range(250):
    u, p, n = sample()
    with tf.GradientTape() as tape:
        eu = tf.gather(users, u)
        diff = tf.reduce_sum(eu * (tf.gather(items, p) - tf.gather(items, n)), 1) + tf.gather(pop, p) - tf.gather(pop, n)
        loss = -tf.reduce_mean(tf.math.log_sigmoid(diff))
    for v, g in zip([users, items, pop], tape.gradient(loss, [users, items, pop])):
        v.scatter_sub(tf.IndexedSlices(lr * g.values, g.indices))
    hist.append(float(loss))
    if it % 50 == 49:
        print(it + 1, "ranking loss", np.mean(hist[-20:]))
