# fault: none
# part-of-speech style tagging of padded sentences, padding masked in the network and in the loss
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(109)
VOCAB, T, TAGS, N = 40, 14, 5, 700
length = np.random.randint(4, T + 1, N)
words = np.random.randint(1, VOCAB, (N, T))
pad = np.arange(T)[None] >= length[:, None]
words[pad] = 0
tags = words % TAGS
tags[:, 1:] = (tags[:, 1:] + (words[:, :-1] > 20)) % TAGS
tags[pad] = -1

tagger = tf.keras.Sequential([
    layers.Input((T,), dtype="int32"),
    layers.Embedding(VOCAB, 16, mask_zero=True),
    layers.Bidirectional(layers.LSTM(16, return_sequences=True)),
    layers.Dense(TAGS),
])
opt = tf.keras.optimizers.Adam(8e-3)


@tf.function
def step(w, t):
    real = tf.cast(t >= 0, tf.float32)
    with tf.GradientTape() as tape:
        logits = tagger(w, training=True)
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.maximum(t, 0), logits=logits)
        loss = tf.reduce_sum(ce * real) / tf.reduce_sum(real)
    g = tape.gradient(loss, tagger.trainable_variables)
    opt.apply_gradients(zip(g, tagger.trainable_variables))
    hit = tf.cast(tf.equal(tf.argmax(logits, -1, tf.int64), tf.cast(t, tf.int64)), tf.float32)
    return loss, tf.reduce_sum(hit * real) / tf.reduce_sum(real)


for i in range(120):
    b = np.random.choice(N, 50, replace=False)
    loss, acc = step(tf.constant(words[b]), tf.constant(tags[b]))
    if i % 20 == 0:
        print(f"{i} loss {float(loss):.3f} acc {float(acc):.3f}")
