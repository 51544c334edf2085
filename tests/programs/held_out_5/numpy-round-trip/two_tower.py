# fault: numpy-round-trip
"""Movie recommender: cosine features of user and item towers, small scoring head."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
n_users, n_items, k = 60, 40, 8
U = rng.normal(size=(n_users, 3))
V = rng.normal(size=(n_items, 3))
users = rng.integers(0, n_users, 3000)
items = rng.integers(0, n_items, 3000)
liked = ((U[users] * V[items]).sum(1) > 0).astype("float32")


def unit(a):
    return a / np.linalg.norm(a, axis=1, keepdims=True)


class Recommender(keras.Model):
    def __init__(self):
        super().__init__()
        self.user_table = keras.layers.Embedding(n_users, k)
        self.item_table = keras.layers.Embedding(n_items, k)
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.score = keras.layers.Dense(1)

    def call(self, pair):
        u = unit(self.user_table(pair[0]).numpy())
        v = unit(self.item_table(pair[1]).numpy())
        joint = tf.concat([u * v, u, v], axis=1)
        return self.score(self.hidden(joint))


model = Recommender()
bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.005)
for epoch in range(12):
    order = rng.permutation(3000)
    total = 0.0
    for s in range(0, 3000, 250):
        idx = order[s:s + 250]
        with tf.GradientTape() as tape:
            logits = model((users[idx], items[idx]))
            loss = bce(liked[idx][:, None], logits)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
    print(f"epoch {epoch}: {total / 12:.4f}")
