# fault: not-a-variable
# sequence classification with a learned attention query (the label is the token after the marker)
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(13)
VOCAB, T, DIM = 12, 10, 16


class QueryPooling(layers.Layer):
    def build(self, input_shape):
        d = input_shape[-1]
        self.query = tf.random.normal((d, 1), stddev=d ** -0.5)
        self.scale = tf.ones((d,))
        self.key = layers.Dense(d, use_bias=False)
        self.key.build(input_shape)

    def call(self, x):
        score = tf.matmul(self.key(x), self.query)
        weight = tf.nn.softmax(score, axis=1)
        return tf.reduce_sum(weight * x, axis=1) * self.scale

    def compute_output_shape(self, s):
        return (s[0], s[-1])


X = np.random.randint(2, VOCAB, (800, T))
where = np.random.randint(0, T - 1, 800)
X[np.arange(800), where] = 1
y = X[np.arange(800), where + 1]

tokens = keras.Input((T,), dtype="int32")
h = layers.Embedding(VOCAB, DIM)(tokens)
h = layers.Conv1D(DIM, 2, padding="causal", activation="relu")(h)
h = QueryPooling()(h)
h = layers.Dense(24, activation="relu")(h)
logits = layers.Dense(VOCAB)(h)
model = keras.Model(tokens, logits)
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(X, y, epochs=8, batch_size=64, verbose=2)
