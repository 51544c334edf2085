# fault: recompiled-late
"""Pretrained text encoder: train the classifier, unfreeze the encoder, fine-tune, export."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
VOCAB, LEN = 60, 12
tone = rng.normal(size=VOCAB)
docs = rng.integers(0, VOCAB, size=(900, LEN)).astype("int32")
labels = (tone[docs].sum(1) > 0).astype("float32")

encoder = keras.Sequential([
    keras.Input((LEN,), dtype="int32"),
    layers.Embedding(VOCAB, 8),
    layers.GlobalAveragePooling1D(),
], name="encoder")
encoder.trainable = False

model = keras.Sequential([encoder, layers.Dense(1, activation="sigmoid")])


def compile_model(rate):
    model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy", metrics=["accuracy"])


compile_model(0.01)
a = model.fit(docs, labels, batch_size=90, epochs=8, verbose=0)
print("phase 1", round(a.history["loss"][-1], 4), round(a.history["accuracy"][-1], 3))

encoder.trainable = True
b = model.fit(docs, labels, batch_size=90, epochs=25, verbose=0)
compile_model(0.005)
print("phase 2", round(b.history["loss"][-1], 4), round(b.history["accuracy"][-1], 3))
print("trainable weights", len(model.trainable_weights))
print("evaluation", model.evaluate(docs, labels, verbose=0))
