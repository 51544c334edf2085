# fault: frozen-variable
"""Text classification from scratch: embedding, average pooling, dense layers, all learned from
30 tokens."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(39)
rng = np.random.default_rng(39)
positive = rng.choice(30, size=12, replace=False)
texts = rng.integers(0, 30, size=(400, 8))
sentiment = (np.isin(texts, positive).sum(axis=1) >= 4).astype("float32")

inputs = keras.Input(shape=(8,), dtype="int32")
x = layers.Embedding(30, 4, trainable=False, name="word_vectors")(inputs)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dense(8, activation="relu", name="hidden")(x)
outputs = layers.Dense(1, activation="sigmoid", name="sentiment")(x)

model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy",
              metrics=["accuracy"])
history = model.fit(texts, sentiment, epochs=6, batch_size=50, verbose=0)
for key, values in history.history.items():
    print(key, [round(v, 3) for v in values])
