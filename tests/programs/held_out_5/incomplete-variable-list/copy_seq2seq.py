# fault: incomplete-variable-list
"""Sequence reversal with an embedding, an encoder and a decoder."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
VOCAB, T = 8, 4

embed = layers.Embedding(VOCAB, 12)
encoder = layers.GRU(32, return_state=True)
decoder = layers.GRU(32, return_sequences=True)
readout = layers.Dense(VOCAB)

embed.build((None, T))
encoder.build((None, T, 12))
decoder.build((None, T, 12))
readout.build((None, T, 32))
variables = embed.trainable_variables + decoder.trainable_variables + readout.trainable_variables
opt = keras.optimizers.Adam(0.01)


@tf.function
def step(src, dec_in, target):
    with tf.GradientTape() as tape:
        _, state = encoder(embed(src))
        out = decoder(embed(dec_in), initial_state=state)
        logits = readout(out)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(target, logits))
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    hits = tf.reduce_mean(tf.cast(tf.argmax(logits, -1, output_type=tf.int32) == target, tf.float32))
    return loss, hits


for it in range(400):
    src = rng.integers(1, VOCAB, size=(64, T)).astype("int32")
    target = src[:, ::-1].copy()
    dec_in = np.concatenate([np.zeros((64, 1), "int32"), target[:, :-1]], 1)
    loss, hits = step(tf.constant(src), tf.constant(dec_in), tf.constant(target))
    if it % 80 == 79:
        print(it + 1, "loss", float(loss), "token accuracy", float(hits))
