# fault: frozen-variable
"""Factorization machine for click prediction with one-hot context features."""
import numpy as np
import keras
from keras import ops

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)
F = 24
X = np.zeros((3000, F), "float32")
for r in range(3):
    X[np.arange(3000), r * 8 + rng.integers(0, 8, 3000)] = 1.0
Q = rng.normal(size=(F, F))
Q = (Q + Q.T) / 2
np.fill_diagonal(Q, 0)
score = np.einsum("ni,ij,nj->n", X, Q, X)
y = (score > 0).astype("float32")[:, None]


class FM(keras.layers.Layer):
    def __init__(self, rank=6):
        super().__init__()
        self.rank = rank

    def build(self, shape):
        self.bias = self.add_weight(shape=(1,), initializer="zeros", name="bias")
        self.linear = self.add_weight(shape=(shape[-1], 1), initializer="zeros", name="linear")
        self.factors = self.add_weight(
            shape=(shape[-1], self.rank),
            initializer=keras.initializers.RandomNormal(stddev=0.2),
            trainable=False,
            name="factors",
        )

    def call(self, x):
        s = ops.matmul(x, self.factors)
        q = ops.matmul(ops.square(x), ops.square(self.factors))
        pair = 0.5 * ops.sum(ops.square(s) - q, axis=1, keepdims=True)
        return self.bias + ops.matmul(x, self.linear) + pair


inp = keras.Input((F,))
model = keras.Model(inp, FM()(inp))
model.compile(
    optimizer=keras.optimizers.Adam(0.02),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
h = model.fit(X, y, batch_size=150, epochs=12, verbose=0)
for e in (0, 5, 11):
    print(e, {k: round(v[e], 4) for k, v in h.history.items()})
