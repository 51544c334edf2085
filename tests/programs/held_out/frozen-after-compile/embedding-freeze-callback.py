# fault: frozen-after-compile
"""Sequence tagger; a callback fixes the embedding table after the second epoch."""
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(85)
rng = np.random.default_rng(85)
sentences = rng.integers(0, 40, size=(150, 9))
tags = (sentences % 3).astype("int32")


class FixEmbedding(keras.callbacks.Callback):
    def __init__(self, after):
        super().__init__()
        self.after = after

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.after:
            self.model.get_layer("words").trainable = False


inputs = keras.Input((9,), dtype="int32")
vectors = keras.layers.Embedding(40, 8, name="words")(inputs)
hidden = keras.layers.Dense(16, activation="relu")(vectors)
outputs = keras.layers.Dense(3)(hidden)
tagger = keras.Model(inputs, outputs)
tagger.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
history = tagger.fit(
    sentences, tags, batch_size=30, epochs=6, callbacks=[FixEmbedding(after=2)], verbose=0)
print(np.round(history.history["loss"], 4))
