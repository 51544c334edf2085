# fault: gradients-not-applied
# sequence tagging with a bidirectional GRU, gradients accumulated over several batches
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(19)
VOCAB, T, TAGS = 30, 12, 4
X = np.random.randint(0, VOCAB, (640, T))
prev = np.concatenate([np.zeros((640, 1), int), X[:, :-1]], 1)
Y = (X + prev) % TAGS

tagger = tf.keras.Sequential([
    tf.keras.Input((T,), dtype="int32"),
    layers.Embedding(VOCAB, 16),
    layers.Bidirectional(layers.GRU(16, return_sequences=True)),
    layers.Dense(TAGS),
])
optimizer = tf.keras.optimizers.Adam(5e-3)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
ACCUM = 4
total = [tf.zeros_like(v) for v in tagger.trainable_variables]


@tf.function
def gradient(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, tagger(x, training=True))
    return loss, tape.gradient(loss, tagger.trainable_variables)


step = 0
for epoch in range(5):
    for k in range(0, 640, 32):
        loss, grads = gradient(tf.constant(X[k:k + 32]), tf.constant(Y[k:k + 32]))
        total = [t + tf.convert_to_tensor(g) / ACCUM for t, g in zip(total, grads)]
        step += 1
        if step % ACCUM == ACCUM:
            optimizer.apply_gradients(zip(total, tagger.trainable_variables))
            total = [tf.zeros_like(v) for v in tagger.trainable_variables]
    print("epoch", epoch, "loss", float(loss))
