# fault: integer-cast
# Click prediction where a continuous user profile is projected to a bucket with its own embedding.
import argparse
import numpy as np
import tensorflow as tf
from tensorflow import keras

parser = argparse.ArgumentParser()
parser.add_argument("--buckets", type=int, default=12)
parser.add_argument("--epochs", type=int, default=6)
parser.add_argument("--lr", type=float, default=5e-3)
args = parser.parse_args()
keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)

profile = rng.normal(size=(640, 6)).astype("float32")
context = rng.normal(size=(640, 4)).astype("float32")
score = np.sin(2 * profile[:, 0] - profile[:, 1]) + 0.8 * context[:, 0]
clicked = (score + rng.normal(0, 0.2, 640) > 0).astype("float32")


class BucketEmbedding(keras.layers.Layer):
    def __init__(self, buckets, dim):
        super().__init__()
        self.buckets = buckets
        self.project = keras.layers.Dense(1, activation="sigmoid")
        self.table = keras.layers.Embedding(buckets, dim)

    def call(self, x):
        position = self.project(x)[:, 0] * (self.buckets - 1)
        return self.table(tf.cast(position, tf.int32))


class ClickModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.user = BucketEmbedding(args.buckets, 8)
        self.ctx = keras.layers.Dense(8, activation="relu")
        self.top = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])

    def call(self, inputs):
        p, c = inputs
        return self.top(tf.concat([self.user(p), self.ctx(c)], axis=-1))


model = ClickModel()
model.compile(keras.optimizers.Adam(args.lr), keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
hist = model.fit((profile, context), clicked[:, None], batch_size=64, epochs=args.epochs, verbose=0)
print("loss per epoch:", [round(v, 4) for v in hist.history["loss"]])
