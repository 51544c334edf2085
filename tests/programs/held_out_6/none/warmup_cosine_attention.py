# fault: none
# one-block transformer on token order, warm-up from 0 followed by a cosine
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(102)
VOCAB, T, D = 16, 8, 24
X = np.random.randint(2, VOCAB, (960, T))
pos = np.random.randint(0, T, 960)
X[np.arange(960), pos] = 1
y = X[:, 0].copy()
y[pos == 0] = 0



class TokenAndPlace(layers.Layer):
    def __init__(self):
        super().__init__()
        self.token, self.place = layers.Embedding(VOCAB, D), layers.Embedding(T, D)

    def call(self, ids):
        return self.token(ids) + self.place(tf.range(T))[None]

    def compute_output_shape(self, shape):
        return (*shape, D)


tokens = keras.Input((T,), dtype="int32")
h = TokenAndPlace()(tokens)
a = layers.MultiHeadAttention(2, 12)(layers.LayerNormalization()(h), h)
h = layers.Add()([h, a])
f = layers.Dense(D)(layers.Dense(48, activation="gelu")(layers.LayerNormalization()(h)))
h = layers.Add()([h, f])
h = layers.Flatten()(h)
model = keras.Model(tokens, layers.Dense(VOCAB)(h))

schedule = keras.optimizers.schedules.CosineDecay(0.0, decay_steps=120, warmup_target=4e-3, warmup_steps=20, alpha=0.02)
model.compile(keras.optimizers.AdamW(schedule, weight_decay=1e-4),
              keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(X, y, batch_size=48, epochs=7, verbose=2)
