# fault: zero-initialised
"""Recommender: ratings are the dot product of a user and an item embedding."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(75)
rng = np.random.default_rng(75)
n_users, n_items, rank = 25, 18, 4
truth = rng.normal(size=(n_users, rank)) @ rng.normal(size=(rank, n_items))
user_id = rng.integers(0, n_users, size=300)
item_id = rng.integers(0, n_items, size=300)
rating = truth[user_id, item_id].astype("float32")


class Factorisation(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.users = tf.keras.layers.Embedding(n_users, rank, embeddings_initializer="zeros")
        self.items = tf.keras.layers.Embedding(n_items, rank, embeddings_initializer="zeros")

    def call(self, inputs):
        user, item = inputs
        return tf.reduce_sum(self.users(user) * self.items(item), axis=-1)


model = Factorisation()
optimizer = tf.keras.optimizers.Adam(0.05)


@tf.function
def fit_batch(user, item, score):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model((user, item)) - score))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    for s in range(0, 300, 100):
        loss = fit_batch(user_id[s:s + 100], item_id[s:s + 100], rating[s:s + 100])
    print(f"epoch {epoch}: rmse {np.sqrt(loss.numpy()):.4f}")
