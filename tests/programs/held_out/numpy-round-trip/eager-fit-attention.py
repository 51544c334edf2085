# fault: numpy-round-trip
"""Attention pooling over short sequences, trained with fit() in eager mode so that
I can print things inside call()."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(12)


class AttentionPooling(layers.Layer):
    def build(self, input_shape):
        self.query = self.add_weight(
            name="query", shape=(input_shape[-1], 1), initializer="glorot_uniform")
        super().build(input_shape)

    def call(self, seq):
        scores = np.array(ops.matmul(seq, self.query))
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        attention = scores / scores.sum(axis=1, keepdims=True)
        return ops.sum(seq * attention, axis=1)


class SequenceClassifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Dense(8, activation="tanh")
        self.pool = AttentionPooling()
        self.classify = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.classify(self.pool(self.embed(x)))


rng = np.random.default_rng(12)
x = rng.normal(size=(160, 5, 3)).astype("float32")
strongest = np.abs(x[:, :, 0]).argmax(axis=1)
y = (x[np.arange(160), strongest, 1] > 0).astype("float32")[:, None]

model = SequenceClassifier()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy",
              metrics=["accuracy"], run_eagerly=True)
model.fit(x, y, batch_size=32, epochs=6, verbose=2)
