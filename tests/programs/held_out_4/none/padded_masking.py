# fault: none
# Sentence tagging with padding: embedding mask, attention mask and a loss over real tokens only.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(119)
rng = np.random.default_rng(119)
VOCAB, TAGS, MAXLEN = 30, 4, 10
lengths = rng.integers(4, MAXLEN + 1, 600)
tokens = rng.integers(1, VOCAB, (600, MAXLEN))
tags = (tokens + np.roll(tokens, 1, axis=1) % 2) % TAGS
real = np.arange(MAXLEN)[None] < lengths[:, None]
tokens, tags = tokens * real, tags * real
tags[:, 0] = tokens[:, 0] % TAGS

inp = keras.Input((MAXLEN,), dtype="int32")
emb = layers.Embedding(VOCAB, 16, mask_zero=True)(inp)
h = layers.Bidirectional(layers.GRU(16, return_sequences=True))(emb)
logits = layers.Dense(TAGS)(h)
model = keras.Model(inp, logits)
optimizer = keras.optimizers.Adam(1e-2)


@tf.function
def step(x, y):
    mask = tf.cast(tf.not_equal(x, 0), tf.float32)
    with tf.GradientTape() as tape:
        per_token = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x, training=True))
        loss = tf.reduce_sum(per_token * mask) / tf.reduce_sum(mask)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((tokens.astype("int32"), tags.astype("int32"))).shuffle(600, seed=2).batch(60)
for epoch in range(6):
    print(f"epoch {epoch} loss {np.mean([step(a, b).numpy() for a, b in ds]):.4f}")
pred = np.argmax(model.predict(tokens, verbose=0), -1)
print("token accuracy", round(float(np.mean((pred == tags)[real])), 3))
