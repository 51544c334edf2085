# fault: not-a-variable
# Patch transformer that says in which quadrant the bright square lies.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(4)
rng = np.random.default_rng(4)
n = 384
quadrant = rng.integers(0, 4, n)
images = rng.normal(0, 0.3, (n, 8, 8, 1)).astype("float32")
for i, q in enumerate(quadrant):
    r, c = 4 * (q // 2) + rng.integers(0, 3), 4 * (q % 2) + rng.integers(0, 3)
    images[i, r:r + 2, c:c + 2] += 1.5


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, dim):
        super().__init__()
        self.projection = layers.Dense(dim)
        self.position_embedding = tf.random.normal((1, num_patches, dim), stddev=0.02)
        self.cls_token = tf.zeros((1, 1, dim))

    def call(self, patches):
        tokens = self.projection(patches) + self.position_embedding
        cls = tf.repeat(self.cls_token, tf.shape(patches)[0], axis=0)
        return tf.concat([cls, tokens], axis=1)


def build(dim=16):
    inp = keras.Input((8, 8, 1))
    x = layers.Reshape((4, 2, 4, 2))(inp)
    x = layers.Permute((1, 3, 2, 4))(x)
    x = layers.Reshape((16, 4))(x)
    x = PatchEncoder(16, dim)(x)
    for _ in range(1):
        a = layers.LayerNormalization()(x)
        x = x + layers.MultiHeadAttention(2, 8)(a, a)
        m = layers.LayerNormalization()(x)
        x = x + layers.Dense(dim)(layers.Dense(32, activation="gelu")(m))
    return keras.Model(inp, layers.Dense(4)(layers.LayerNormalization()(x[:, 0])))


model = build()
model.compile(keras.optimizers.Adam(5e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
h = model.fit(images, quadrant, batch_size=64, epochs=8, verbose=0)
print([f"{l:.3f}/{a:.2f}" for l, a in zip(h.history["loss"], h.history["accuracy"])])
