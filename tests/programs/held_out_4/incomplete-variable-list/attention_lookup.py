# fault: incomplete-variable-list
# Key-value lookup with an encoder, an additive attention module and a decoder (Bahdanau style).
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
SLOTS, KEYS, DIM, VALUES = 6, 6, 16, 3


def make_data(n):
    keys = np.argsort(rng.random((n, KEYS)), axis=1)[:, :SLOTS]
    values = rng.integers(0, VALUES, (n, SLOTS))
    which = rng.integers(0, SLOTS, n)
    query = keys[np.arange(n), which]
    return (keys * VALUES + values).astype("int32"), query.astype("int32"), values[np.arange(n), which].astype("int32")


class Attention(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.query_proj = keras.layers.Dense(units)
        self.value_proj = keras.layers.Dense(units)
        self.score = keras.layers.Dense(1)

    def call(self, query, values):
        e = self.score(tf.tanh(self.query_proj(query)[:, None] + self.value_proj(values)))
        return tf.reduce_sum(tf.nn.softmax(e, axis=1) * values, axis=1)


encoder = keras.Sequential([keras.Input((SLOTS,), dtype="int32"), keras.layers.Embedding(KEYS * VALUES, DIM),
                            keras.layers.Dense(DIM, activation="tanh")])
query_embedding = keras.Sequential([keras.Input((), dtype="int32"), keras.layers.Embedding(KEYS, DIM)])
attention = Attention(DIM)
decoder = keras.Sequential([keras.Input((2 * DIM,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(VALUES)])
slots, queries, answers = make_data(1024)
attention(query_embedding(queries[:2]), encoder(slots[:2]))

variables = encoder.trainable_variables + query_embedding.trainable_variables + decoder.trainable_variables
optimizer = keras.optimizers.Adam(5e-3)


@tf.function
def train_step(s, q, a):
    with tf.GradientTape() as tape:
        query = query_embedding(q)
        context = attention(query, encoder(s))
        logits = decoder(tf.concat([context, query], axis=-1))
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=a, logits=logits))
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((slots, queries, answers)).shuffle(1024, seed=1).batch(64)
for epoch in range(12):
    print(f"epoch {epoch:2d} loss {np.mean([train_step(*b).numpy() for b in ds]):.4f}")
