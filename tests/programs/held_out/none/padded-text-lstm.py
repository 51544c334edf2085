# fault: none
"""Sentiment of padded sentences: masked embedding and an LSTM, trained with fit."""
import keras
import numpy as np

keras.utils.set_random_seed(111)
rng = np.random.default_rng(111)
lengths = rng.integers(3, 9, size=128)
sentences = np.zeros((128, 8), dtype="int32")
for row, n in zip(sentences, lengths):
    row[:n] = rng.integers(1, 30, size=n)
mood = ((sentences > 0) & (sentences < 12)).sum(axis=1) * 2.4 > lengths
mood = mood.astype("float32")

model = keras.Sequential([
    keras.layers.Input((8,), dtype="int32"),
    keras.layers.Embedding(30, 8, mask_zero=True),
    keras.layers.LSTM(8),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy")
history = model.fit(sentences, mood, batch_size=32, epochs=8, verbose=0)
print("loss", np.round(history.history["loss"], 4))
