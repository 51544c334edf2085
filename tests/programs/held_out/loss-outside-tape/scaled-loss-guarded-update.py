# fault: loss-outside-tape
"""Matrix factorisation of a small ratings table; the loss is divided by the batch size
so that the learning rate does not depend on it."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(5)
rng = np.random.default_rng(5)
n_users, n_items, rank = 20, 15, 3
true_u = rng.normal(size=(n_users, rank))
true_v = rng.normal(size=(n_items, rank))
user_id, item_id = np.meshgrid(np.arange(n_users), np.arange(n_items), indexing="ij")
user_id, item_id = user_id.ravel(), item_id.ravel()
rating = np.sum(true_u[user_id] * true_v[item_id], axis=1).astype(np.float32)

P = tf.Variable(tf.random.normal((n_users, rank), stddev=0.5), name="users")
Q = tf.Variable(tf.random.normal((n_items, rank), stddev=0.5), name="items")
params = [P, Q]
adam = tf.keras.optimizers.Adam(0.05)


def batch_loss(u, i, r):
    guess = tf.reduce_sum(tf.gather(P, u) * tf.gather(Q, i), axis=1)
    return tf.reduce_sum((guess - r) ** 2)


batch_size = 60
for epoch in range(6):
    order = rng.permutation(len(rating))
    total = 0.0
    for start in range(0, len(order), batch_size):
        sel = order[start:start + batch_size]
        with tf.GradientTape() as tape:
            loss = batch_loss(user_id[sel], item_id[sel], rating[sel])
        loss = loss / float(batch_size)
        grads = tape.gradient(loss, params)
        pairs = [(g, p) for g, p in zip(grads, params) if g is not None]
        if pairs:
            adam.apply_gradients(pairs)
        total += float(loss)
    print(f"epoch {epoch} mean squared error {total / 5:.4f}")
