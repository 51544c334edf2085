# fault: reordered-pairs
# Dot-product matching of users and items from feature vectors.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(41)
rng = np.random.default_rng(41)
N, F = 800, 12
user_x = rng.normal(size=(N, F)).astype("float32")
item_x = rng.normal(size=(N, F)).astype("float32")
mix_u, mix_i = rng.normal(size=(F, 3)) / 2, rng.normal(size=(F, 3)) / 2
score = np.sum(np.tanh(user_x @ mix_u) * np.tanh(item_x @ mix_i), axis=1).astype("float32")


def tower(name):
    return keras.Sequential([keras.Input((F,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(8)], name=name)


class Matcher:
    def __init__(self):
        self.user, self.item = tower("user"), tower("item")
        self.opt = keras.optimizers.Adam(2e-3)

    @property
    def weights(self):
        return self.item.trainable_variables + self.user.trainable_variables

    def __call__(self, u, i):
        return tf.reduce_sum(self.user(u) * self.item(i), axis=-1)

    @tf.function
    def train_step(self, u, i, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(u, i) - y))
        grads = tape.gradient(loss, self.user.trainable_variables + self.item.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.weights))
        return loss


m = Matcher()
data = tf.data.Dataset.from_tensor_slices((user_x, item_x, score)).shuffle(N, seed=7).batch(50)
for epoch in range(12):
    mean = np.mean([m.train_step(*batch).numpy() for batch in data])
    print(f"epoch {epoch:2d} loss {mean:.4f}")
