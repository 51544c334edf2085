# fault: frozen-variable
# Review sentiment with an averaged-embedding classifier, adapted from a GloVe tutorial.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

SEED, VOCAB, MAXLEN, DIM = 9, 400, 20, 4
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)

polarity = rng.choice([-1, 0, 0, 1], size=VOCAB)
tokens = rng.integers(1, VOCAB, (1000, MAXLEN))
sentiment = (polarity[tokens].sum(1) > 0).astype("float32")


def build_model(vocab_size, embedding_dim, hidden=32):
    model = keras.Sequential(name="sentiment")
    model.add(keras.Input((MAXLEN,), dtype="int32"))
    model.add(layers.Embedding(vocab_size, embedding_dim, trainable=False, name="word_vectors"))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(hidden, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


model = build_model(VOCAB, DIM)
model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(tokens[:800], sentiment[:800], epochs=12, batch_size=64,
          validation_data=(tokens[800:], sentiment[800:]), verbose=2)
