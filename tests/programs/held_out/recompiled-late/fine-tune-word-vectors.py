# fault: recompiled-late
"""Topic classifier on pre-computed word vectors: classifier first, then fine-tune the vectors."""
import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(86)
rng = np.random.default_rng(86)
vectors = rng.normal(scale=0.5, size=(30, 6)).astype("float32")
documents = rng.integers(0, 30, size=(120, 7))
topic = (np.isin(documents, range(10)).sum(axis=1) > 2).astype("int32")

words = layers.Embedding(30, 6, name="words")
tokens = keras.Input((7,), dtype="int32")
pooled = layers.GlobalAveragePooling1D()(words(tokens))
network = keras.Model(tokens, layers.Dense(2)(pooled))
words.set_weights([vectors])


def prepare(rate):
    network.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))


words.trainable = False
prepare(0.02)
network.fit(documents, topic, batch_size=40, epochs=3, verbose=0)

words.trainable = True
for rate in (0.01, 0.005):
    log = network.fit(documents, topic, batch_size=40, epochs=3, verbose=0)
    drift = np.abs(words.get_weights()[0] - vectors).max()
    print("rate", rate, "loss", np.round(log.history["loss"], 4), "drift of the vectors", drift)
    prepare(rate)
