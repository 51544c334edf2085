# fault: assign-in-forward
# Attention over a short context whose keys are kept in a cache for later inspection.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(6)
BATCH, LENGTH, WIDTH = 32, 6, 8


class CachedAttention(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.query = layers.Dense(width, use_bias=False, name="query")
        self.key = layers.Dense(width, use_bias=False, name="key")
        self.value = layers.Dense(width, use_bias=False, name="value")

    def build(self, shape):
        self.cache = self.add_weight(shape=(BATCH, LENGTH, self.width), trainable=False,
                                     initializer="zeros", name="key_cache")
        for proj in (self.query, self.key, self.value):
            proj.build(shape)

    def call(self, x):
        self.cache.assign(self.key(x))
        q = self.query(x)
        scores = tf.matmul(q, self.cache, transpose_b=True) / self.width ** 0.5
        return tf.matmul(tf.nn.softmax(scores), self.value(x))


inputs = keras.Input((LENGTH, WIDTH), batch_size=BATCH)
context = CachedAttention(WIDTH)(inputs)
context = layers.LayerNormalization()(inputs + context)
outputs = layers.Dense(1)(layers.Flatten()(context))
model = keras.Model(inputs, outputs)

rng = np.random.default_rng(6)
x = rng.normal(size=(BATCH * 8, LENGTH, WIDTH)).astype("float32")
best = np.argmax(x[..., 0], axis=1)
y = x[np.arange(len(x)), best, 1:2]

model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="mse")
result = model.fit(x, y, batch_size=BATCH, epochs=4, verbose=0)
print("loss per epoch:", np.round(result.history["loss"], 4))
