# fault: not-a-variable
"""Attention pooling over a set of instances (multiple-instance learning)."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
BAGS, INST, FEAT = 512, 10, 6
pattern = rng.normal(size=FEAT)
x = rng.normal(size=(BAGS, INST, FEAT))
y = rng.integers(0, 2, BAGS)
for i in np.flatnonzero(y):
    x[i, rng.integers(INST)] += 2.5 * pattern
x, y = x.astype("float32"), y.astype("float32")[:, None]


class AttentionPool(keras.layers.Layer):
    """softmax(v . tanh(W h)) weighted mean over the instances"""

    def __init__(self, hidden=16, **kw):
        super().__init__(**kw)
        self.hidden = hidden

    def build(self, shape):
        d = int(shape[-1])
        init = keras.initializers.GlorotUniform(seed=31)
        self.w = init((d, self.hidden))
        self.v = self.add_weight(name="v", shape=(self.hidden, 1), initializer="glorot_uniform")

    def call(self, h):
        score = tf.matmul(tf.tanh(tf.matmul(h, self.w)), self.v)
        alpha = tf.nn.softmax(score, axis=1)
        return tf.reduce_sum(alpha * h, axis=1)


model = keras.Sequential([
    keras.Input((INST, FEAT)),
    keras.layers.Dense(16, activation="relu"),
    AttentionPool(16),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate = 5e-3
h = model.fit(x, y, epochs=8, batch_size=64, verbose=0, validation_split=0.2)
for e in range(0, 8, 2):
    print(e, {k: round(v[e], 3) for k, v in h.history.items()})
