# fault: none
"""Implicit-feedback recommender with a large item table; most items never occur in the log."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(207)
rng = np.random.default_rng(207)
N_USERS, N_ITEMS, DIM = 120, 5000, 12
catalogue = rng.choice(N_ITEMS, 60, replace=False)      # items that were on sale
taste = rng.integers(0, 4, N_USERS)
genre = rng.integers(0, 4, 60)
likes = [np.flatnonzero(genre == g) for g in range(4)]
others = [np.flatnonzero(genre != g) for g in range(4)]


class BPR(tf.keras.Model):
    def __init__(self):
        super().__init__()
        init = tf.keras.initializers.RandomNormal(stddev=0.1)
        self.user = tf.keras.layers.Embedding(N_USERS, DIM, embeddings_initializer=init)
        self.item = tf.keras.layers.Embedding(N_ITEMS, DIM, embeddings_initializer=init)
        self.item_bias = tf.keras.layers.Embedding(N_ITEMS, 1, embeddings_initializer="zeros")

    def call(self, inputs):
        u, i = inputs
        return tf.reduce_sum(self.user(u) * self.item(i), -1) + self.item_bias(i)[:, 0]


model = BPR()
model((tf.constant([0]), tf.constant([0])))
opt = tf.keras.optimizers.Adam(0.02)
opt.build(model.trainable_variables)


@tf.function
def step(u, pos, neg):
    with tf.GradientTape() as tape:
        margin = model((u, pos)) - model((u, neg))
        loss = tf.reduce_mean(tf.nn.softplus(-margin))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss, tf.reduce_mean(tf.cast(margin > 0, tf.float32))


def sample(n=128):
    u = rng.integers(0, N_USERS, n)
    pos = np.array([catalogue[rng.choice(likes[taste[k]])] for k in u])
    neg = np.array([catalogue[rng.choice(others[taste[k]])] for k in u])
    return u.astype("int32"), pos.astype("int32"), neg.astype("int32")


for it in range(120):
    loss, auc = step(*sample())
    if it % 20 == 19:
        print(f"it {it + 1} bpr loss {float(loss):.4f} auc {float(auc):.3f}")
