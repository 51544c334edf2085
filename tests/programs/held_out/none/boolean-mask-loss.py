# fault: none
"""Sequence labelling with padding: the loss is taken over the real positions only, selected by
a boolean mask; padded positions (token 0) are ignored."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(216)
rng = np.random.default_rng(216)
tokens = rng.integers(1, 20, size=(240, 9))
lengths = rng.integers(3, 10, size=240)
tokens[np.arange(9)[None, :] >= lengths[:, None]] = 0
tags = np.where(rng.random(tokens.shape) < 0.1, rng.integers(0, 3, tokens.shape), tokens % 3)

inputs = keras.Input((9,), dtype="int32")
h = keras.layers.Embedding(20, 12)(inputs)
h = keras.layers.Dense(24, activation="relu")(h)
tagger = keras.Model(inputs, keras.layers.Dense(3)(h))
optimizer = keras.optimizers.Adam(0.02)


@tf.function
def train_step(ids, labels):
    real = tf.not_equal(ids, 0)
    with tf.GradientTape() as tape:
        logits = tagger(ids, training=True)
        per_token = tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=tf.boolean_mask(labels, real), logits=tf.boolean_mask(logits, real))
        loss = tf.reduce_mean(per_token)
    grads = tape.gradient(loss, tagger.trainable_variables)
    optimizer.apply_gradients(zip(grads, tagger.trainable_variables))
    return loss


for epoch in range(8):
    for part in np.split(rng.permutation(240), 5):
        loss = train_step(tf.constant(tokens[part], tf.int32), tf.constant(tags[part], tf.int32))
    print("epoch", epoch, "loss", float(loss))
