# fault: unwatched-tensor
"""Sentiment toy model: word embeddings, average pooling and a linear classifier.
The tape watches the variables I list, to keep memory low."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(13)
rng = np.random.default_rng(13)
VOCAB, DIM, LENGTH = 50, 8, 6
polarity = rng.choice([-1.0, 1.0], size=VOCAB)
tokens = rng.integers(0, VOCAB, size=(300, LENGTH))
labels = (polarity[tokens].sum(axis=1) > 0).astype("float32")[:, None]

embedding = tf.Variable(tf.random.normal([VOCAB, DIM], stddev=0.1), name="embedding")
w = tf.Variable(tf.random.normal([DIM, 1], stddev=0.3), name="w")
b = tf.Variable(tf.zeros([1]), name="b")
weights = [embedding, w, b]


def forward(ids):
    vectors = tf.nn.embedding_lookup(embedding, ids)
    return tf.reduce_mean(vectors, axis=1) @ w + b


opt = tf.keras.optimizers.Adam(0.05)
for step in range(50):
    batch = rng.integers(0, len(tokens), size=64)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([w, b])
        logits = forward(tokens[batch])
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=labels[batch], logits=logits))
    grads = tape.gradient(loss, weights)
    opt.apply_gradients(zip(grads, weights))
    if step % 10 == 0:
        print(step, float(loss))

acc = np.mean((forward(tokens).numpy() > 0) == (labels > 0.5))
print("accuracy", acc)
