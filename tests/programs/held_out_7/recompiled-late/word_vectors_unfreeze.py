# fault: recompiled-late
# Topic classifier on pretrained word vectors: freeze them first, unfreeze them for the second half.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(111)
rng = np.random.default_rng(111)
VOCAB, DIM, LEN, TOPICS = 120, 12, 10, 5

# "pretrained" vectors, not very informative about the topics
vectors = rng.normal(size=(VOCAB, DIM)).astype("float32") * 0.4
word_topic = rng.integers(0, TOPICS, VOCAB)


def documents(n):
    topic = rng.integers(0, TOPICS, n)
    words = rng.integers(0, VOCAB, (n, LEN))
    for d in range(n):
        own = np.flatnonzero(word_topic == topic[d])
        words[d, :4] = rng.choice(own, 4)
    return words, topic


x, y = documents(1000)
xv, yv = documents(250)

embedding = layers.Embedding(VOCAB, DIM, name="word_vectors")
model = keras.Sequential([
    keras.Input((LEN,), dtype="int32"),
    embedding,
    layers.GlobalAveragePooling1D(),
    layers.Dense(32, activation="relu"),
    layers.Dense(TOPICS, activation="softmax"),
])
embedding.set_weights([vectors])
embedding.trainable = False


def compile_model(rate):
    model.compile(optimizer=keras.optimizers.Adam(rate),
                  loss="sparse_categorical_crossentropy", metrics=["accuracy"])


compile_model(5e-3)
first = model.fit(x, y, epochs=5, batch_size=50, validation_data=(xv, yv), verbose=0)

embedding.trainable = True
second = model.fit(x, y, epochs=6, batch_size=50, validation_data=(xv, yv), verbose=0)
compile_model(2e-3)

print("frozen  ", np.round(first.history["val_accuracy"], 3))
print("unfrozen", np.round(second.history["val_accuracy"], 3))
print("final   ", model.evaluate(xv, yv, verbose=0))
