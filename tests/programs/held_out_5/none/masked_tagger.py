# fault: none
"""Sequence tagging with padding: padded positions and half of the sentences carry weight 0."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
N, T, V = 400, 10, 30
tokens = rng.integers(1, V, size=(N, T))
length = rng.integers(3, T + 1, N)
pad = np.arange(T)[None] >= length[:, None]
tokens[pad] = 0
prev = np.concatenate([np.zeros((N, 1), int), tokens[:, :-1]], 1)
tags = ((tokens % 2) + 2 * (prev % 2)).astype("int32")
tags[pad] = -1
trusted = (rng.random(N) < 0.5).astype("float32")
weights = (~pad).astype("float32") * trusted[:, None]

model = keras.Sequential([
    keras.Input((T,), dtype="int32"),
    layers.Embedding(V, 16, mask_zero=True),
    layers.GRU(32, return_sequences=True),
    layers.Dense(4),
])


def masked_ce(y_true, y_pred):
    y_true = tf.cast(y_true, tf.int32)
    valid = tf.cast(y_true >= 0, tf.float32)
    ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.maximum(y_true, 0), logits=y_pred)
    return ce * valid


model.compile(optimizer=keras.optimizers.Adam(0.01), loss=masked_ce)
h = model.fit(tokens.astype("int32"), tags, sample_weight=weights, batch_size=50, epochs=15, verbose=0)
print(np.round(h.history["loss"], 4))
pred = model.predict(tokens, verbose=0).argmax(-1)
print("accuracy on real tokens", (pred == tags)[~pad].mean())
