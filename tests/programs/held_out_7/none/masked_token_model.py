# fault: none
"""Masked token prediction on synthetic sentences with padding: loss only where a token was masked."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(203)
rng = np.random.default_rng(203)
PAD, MASK, FIRST, VOCAB, LEN = 0, 1, 2, 26, 12


def corpus(n):
    out = np.zeros((n, LEN), dtype="int32")
    for i in range(n):
        length = rng.integers(6, LEN + 1)
        start, stride = rng.integers(0, VOCAB - FIRST), rng.integers(1, 3)
        out[i, :length] = FIRST + (start + stride * np.arange(length)) % (VOCAB - FIRST)
    return out


def corrupt(tokens):
    chosen = (rng.random(tokens.shape) < 0.2) & (tokens != PAD)
    return np.where(chosen, MASK, tokens), chosen.astype("float32")


inp = keras.Input((LEN,), dtype="int32")
h = layers.Embedding(VOCAB, 24)(inp)
h = layers.Conv1D(48, 5, padding="same", activation="gelu")(h)
h = layers.Conv1D(48, 5, padding="same", activation="gelu")(h)
model = keras.Model(inp, layers.Dense(VOCAB)(h))
opt = keras.optimizers.Adam(4e-3)


@tf.function
def step(noisy, target, weight):
    with tf.GradientTape() as tape:
        logits = model(noisy, training=True)
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target, logits=logits)
        loss = tf.reduce_sum(ce * weight) / tf.maximum(tf.reduce_sum(weight), 1.0)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    hit = tf.cast(tf.equal(tf.argmax(logits, -1, output_type=tf.int32), target), tf.float32)
    return loss, tf.reduce_sum(hit * weight) / tf.maximum(tf.reduce_sum(weight), 1.0)


text = corpus(1200)
for it in range(150):
    batch = text[rng.integers(0, 1200, 64)]
    noisy, w = corrupt(batch)
    loss, acc = step(noisy.astype("int32"), batch, w)
    if it % 30 == 29:
        print(f"iteration {it + 1} masked ce {float(loss):.4f} accuracy {float(acc):.3f}")
