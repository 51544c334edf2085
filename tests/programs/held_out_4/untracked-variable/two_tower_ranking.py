# fault: untracked-variable
# Two-tower retrieval model for a small movie catalogue, trained on observed ratings.
from dataclasses import dataclass, field
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
USERS, ITEMS, DIM = 40, 30, 8
pu, qi = rng.normal(0, 1, (USERS, 3)), rng.normal(0, 1, (ITEMS, 3))
users, items = rng.integers(0, USERS, 1500), rng.integers(0, ITEMS, 1500)
ratings = (np.sum(pu[users] * qi[items], axis=1) / 1.7 + rng.normal(0, 0.1, 1500)).astype("float32")


@dataclass
class TowerConfig:
    dim: int = DIM
    hidden: tuple = (16,)
    dropout: float = 0.0


@dataclass
class Tower:
    vocabulary: int
    config: TowerConfig = field(default_factory=TowerConfig)

    def __post_init__(self):
        self.embedding = layers.Embedding(self.vocabulary, self.config.dim)
        self.mlp = [layers.Dense(h, activation="relu") for h in self.config.hidden]
        self.project = layers.Dense(self.config.dim)

    def __call__(self, ids):
        h = self.embedding(ids)
        for layer in self.mlp:
            h = layer(h)
        return self.project(h)


class Ranker(keras.Model):
    def __init__(self):
        super().__init__()
        self.user_tower = Tower(USERS)
        self.item_tower = Tower(ITEMS)
        self.rating = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(1)])

    def build(self, input_shape):
        self.user_tower(tf.zeros((1,), tf.int32))
        self.item_tower(tf.zeros((1,), tf.int32))
        self.rating.build((None, 3 * DIM))
        self.built = True

    def call(self, pair):
        u, i = self.user_tower(pair[:, 0]), self.item_tower(pair[:, 1])
        return self.rating(tf.concat([u, i, u * i], axis=-1))


model = Ranker()
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
hist = model.fit(np.stack([users, items], 1).astype("int32"), ratings[:, None], batch_size=100, epochs=10, verbose=0)
for epoch, l in enumerate(hist.history["loss"], 1):
    print(f"epoch {epoch:2d} mse {l:.4f}")
