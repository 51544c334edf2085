# fault: py-function-barrier
# Classifies customer histories; the number of valid events differs from row to row.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
N, MAX_EVENTS, FIELDS = 128, 9, 5
lengths = rng.integers(3, MAX_EVENTS + 1, N)
events = rng.normal(size=(N, MAX_EVENTS, FIELDS)).astype("float32")
churn = np.array([[float(e[:l, 0].sum() + e[:l, 1].sum() > 0)] for e, l in zip(events, lengths)], "float32")


class HistoryPooling(layers.Layer):
    """Embeds the valid events of each customer and sums them."""

    def __init__(self, units):
        super().__init__()
        self.units = units
        self.embed = layers.Dense(units, activation="tanh")

    def build(self, input_shape):
        self.embed.build(input_shape[0])
        self.built = True

    def _pool(self, rows, n):
        pooled = [tf.reduce_sum(self.embed(r[:int(k)]), axis=0) for r, k in zip(rows, n)]
        return tf.stack(pooled)

    def call(self, inputs):
        rows, n = inputs
        pooled = tf.py_function(self._pool, [rows, n], tf.float32)
        pooled.set_shape((None, self.units))
        return pooled

    def compute_output_shape(self, shapes):
        return (shapes[0][0], self.units)


class Churn(keras.Model):
    def __init__(self):
        super().__init__()
        self.pool = HistoryPooling(8)
        self.hidden = layers.Dense(8, activation="tanh")
        self.out = layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(self.pool(inputs)))


model = Churn()
model.compile(optimizer=keras.optimizers.Adam(0.01),
              loss=keras.losses.BinaryCrossentropy(from_logits=True))
history = model.fit([events, lengths.astype("int32")], churn, batch_size=32, epochs=3, verbose=0)
print([round(v, 4) for v in history.history["loss"]])
