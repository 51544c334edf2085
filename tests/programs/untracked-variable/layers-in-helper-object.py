# fault: untracked-variable
"""Recommendation with a user tower and an item tower, each in its own small class, and a score
bias."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Tower:
    def __init__(self, n_ids, dim):
        self.table = layers.Embedding(n_ids, dim, embeddings_initializer="glorot_normal")
        self.project = layers.Dense(dim)

    def __call__(self, ids):
        return self.project(self.table(ids))


class Recommender(tf.keras.Model):
    def __init__(self, n_users, n_items, dim=6):
        super().__init__()
        self.users = Tower(n_users, dim)
        self.items = Tower(n_items, dim)
        self.interaction = layers.Dense(16, activation="tanh")
        self.score = layers.Dense(1)

    def call(self, pair):
        u, i = self.users(pair[:, 0]), self.items(pair[:, 1])
        return self.score(self.interaction(tf.concat([u, i], axis=1)))


def main():
    tf.keras.utils.set_random_seed(26)
    rng = np.random.default_rng(26)
    taste = np.sign(rng.normal(size=(25, 3)))
    genre = np.sign(rng.normal(size=(30, 3)))
    pairs = np.stack([rng.integers(0, 25, 500), rng.integers(0, 30, 500)], axis=1)
    liked = (np.sum(taste[pairs[:, 0]] * genre[pairs[:, 1]], axis=1) > 0).astype("float32")
    liked = liked[:, None]

    model = Recommender(25, 30)
    bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
    optimizer = tf.keras.optimizers.Adam(0.01)
    for step in range(30):
        pick = rng.integers(0, 500, size=100)
        with tf.GradientTape() as tape:
            loss = bce(liked[pick], model(pairs[pick], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        if step % 10 == 0:
            print(f"step {step} loss {float(loss):.4f}")


if __name__ == "__main__":
    main()
