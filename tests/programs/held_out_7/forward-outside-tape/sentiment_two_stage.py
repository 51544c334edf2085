# fault: forward-outside-tape
"""Toy sentiment classifier: embedding + averaging encoder, then a small classification head."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

SEED = 13
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)

VOCAB, MAXLEN, N = 60, 12, 640
POS, NEG = np.arange(2, 12), np.arange(12, 22)


def make_reviews(n):
    x = rng.integers(22, VOCAB, size=(n, MAXLEN))
    y = rng.integers(0, 2, size=n)
    for i in range(n):
        slots = rng.choice(MAXLEN, size=4, replace=False)
        x[i, slots] = rng.choice(POS if y[i] else NEG, size=4)
    return x.astype("int32"), y.astype("float32")


x_train, y_train = make_reviews(N)
x_test, y_test = make_reviews(200)

encoder = keras.Sequential([
    keras.layers.Embedding(VOCAB, 16),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(24, activation="tanh"),
], name="encoder")
head = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
], name="head")
head.build((None, 24))
encoder.build((None, MAXLEN))

bce = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(5e-3)
params = encoder.trainable_variables + head.trainable_variables

ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(N, seed=1).batch(64)

for epoch in range(6):
    running = keras.metrics.Mean()
    for tokens, label in ds:
        # sentence vectors are needed twice (loss and norm logging)
        sent = encoder(tokens, training=True)
        with tf.GradientTape() as tape:
            logit = head(sent, training=True)
            loss = bce(label[:, None], logit)
        grads = tape.gradient(loss, params)
        optimizer.apply_gradients(zip(grads, params))
        running.update_state(loss)
    norm = float(tf.reduce_mean(tf.norm(sent, axis=-1)))
    print(f"epoch {epoch}: loss {float(running.result()):.4f}  |sent| {norm:.3f}")

pred = head(encoder(x_test)).numpy()[:, 0] > 0
print("test accuracy", (pred == (y_test > 0.5)).mean())
