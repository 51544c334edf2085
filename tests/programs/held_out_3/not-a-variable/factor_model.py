# fault: not-a-variable
# Recommends recipes with a factorisation model: one user vector, one recipe vector, plus biases.
import numpy as np
import keras
import tensorflow as tf

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
N_USERS, N_RECIPES, K = 40, 30, 4
true_u, true_r = rng.normal(size=(N_USERS, K)), rng.normal(size=(N_RECIPES, K))
users = rng.integers(0, N_USERS, 1024).astype("int32")
recipes = rng.integers(0, N_RECIPES, 1024).astype("int32")
stars = np.sum(true_u[users] * true_r[recipes], axis=1, keepdims=True).astype("float32") / 2


class Factors(keras.layers.Layer):
    def __init__(self, count, size, **kwargs):
        super().__init__(**kwargs)
        self.table = tf.random.normal((count, size), stddev=0.3)

    def call(self, index):
        return tf.gather(self.table, index)


class Recommender(keras.Model):
    def __init__(self):
        super().__init__()
        self.user_factors = Factors(N_USERS, K)
        self.recipe_factors = Factors(N_RECIPES, K)
        self.user_bias = keras.layers.Embedding(N_USERS, 1)
        self.recipe_bias = keras.layers.Embedding(N_RECIPES, 1)

    def call(self, inputs):
        u, r = inputs[:, 0], inputs[:, 1]
        match = tf.reduce_sum(self.user_factors(u) * self.recipe_factors(r), axis=1, keepdims=True)
        return match + self.user_bias(u) + self.recipe_bias(r)


pairs = np.stack([users, recipes], axis=1)
model = Recommender()
model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
model.fit(pairs, stars, batch_size=128, epochs=10, verbose=2)
