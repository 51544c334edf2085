# fault: integer-cast
# Recommender toy: a small net scores the user's profile, the score is quantised into one of 16
# "taste bins" and the bin's embedding is matched with the item embedding.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(99)
R = np.random.default_rng(99)

N_USERS, N_ITEMS, N_BINS, DIM = 300, 40, 16, 8
profile = R.normal(size=(N_USERS, 6)).astype("float32")
true_taste = np.tanh(profile @ R.normal(size=6) * 0.5)
item_taste = R.uniform(-1, 1, N_ITEMS)

users = R.integers(0, N_USERS, 3000)
items = R.integers(0, N_ITEMS, 3000)
rating = (1.0 - np.abs(true_taste[users] - item_taste[items]) + 0.05 * R.normal(size=3000)).astype("float32")


class TasteModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.profile_net = tf.keras.Sequential([
            tf.keras.layers.Dense(16, activation="tanh"),
            tf.keras.layers.Dense(1, activation="sigmoid"),
        ])
        self.bins = tf.keras.layers.Embedding(N_BINS, DIM, embeddings_initializer="glorot_uniform")
        self.items = tf.keras.layers.Embedding(N_ITEMS, DIM, embeddings_initializer="glorot_uniform")
        self.item_bias = tf.keras.layers.Embedding(N_ITEMS, 1, embeddings_initializer="zeros")

    def call(self, inputs):
        feats, item = inputs
        score = self.profile_net(feats)[:, 0]
        bin_id = tf.cast(score * (N_BINS - 1), tf.int32)
        u = self.bins(bin_id)
        v = self.items(item)
        return tf.reduce_sum(u * v, axis=-1) + self.item_bias(item)[:, 0]


model = TasteModel()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="mse")
hist = model.fit((profile[users], items), rating, batch_size=128, epochs=8, verbose=0)
for e, l in enumerate(hist.history["loss"]):
    print(f"epoch {e + 1}: mse {l:.4f}")
print("baseline (variance):", rating.var())
spread = model.profile_net(profile).numpy()
print("score range", spread.min(), spread.max())
