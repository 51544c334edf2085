# fault: none
"""Discriminative fine-tuning: embedding frozen at first, then thawed with a new compile."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(213)
rng = np.random.default_rng(213)
VOCAB, LEN = 80, 9
polarity = rng.normal(size=VOCAB)
docs = rng.integers(0, VOCAB, (1000, LEN))
label = (polarity[docs].sum(1) > 0).astype("float32")

# "pretrained" vectors: polarity is one of the directions, with noise
vectors = 0.3 * rng.normal(size=(VOCAB, 10))
vectors[:, 0] += 0.3 * polarity
embedding = layers.Embedding(VOCAB, 10, name="embedding")
model = keras.Sequential([
    keras.Input((LEN,), dtype="int32"),
    embedding,
    layers.Conv1D(16, 3, activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(1, activation="sigmoid"),
])
embedding.set_weights([vectors.astype("float32")])

embedding.trainable = False
model.compile(keras.optimizers.Adam(5e-3), "binary_crossentropy", metrics=["accuracy"])
h = model.fit(docs, label, validation_split=0.2, epochs=3, batch_size=40, verbose=0)
print("frozen", np.round(h.history["val_accuracy"], 3))

embedding.trainable = True
model.compile(keras.optimizers.Adam(2e-3), "binary_crossentropy", metrics=["accuracy"])
plateau = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.3, patience=1, min_lr=1e-5)
h = model.fit(docs, label, validation_split=0.2, epochs=5, batch_size=40, verbose=0, callbacks=[plateau])
print("thawed", np.round(h.history["val_accuracy"], 3))
moved = np.abs(embedding.get_weights()[0] - vectors).max()
print("embedding moved by", moved)
