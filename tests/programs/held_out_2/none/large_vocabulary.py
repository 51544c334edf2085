# fault: none
# Sentiment of short texts with an embedding table much larger than the words that occur.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
VOCABULARY, LENGTH = 5000, 8
in_use = rng.choice(np.arange(1, VOCABULARY), 60, replace=False)
mood = rng.normal(size=60)
pick = rng.integers(0, 60, size=(320, LENGTH))
tokens = in_use[pick]
positive = (mood[pick].sum(1, keepdims=True) > 0).astype("float32")
tokens[:, 6:] = np.where(rng.random((320, 2)) < 0.3, 0, tokens[:, 6:])


class Sentiment(keras.Model):
    def __init__(self):
        super().__init__()
        self.table = keras.layers.Embedding(VOCABULARY, 8, mask_zero=True)
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.out = keras.layers.Dense(1)

    def call(self, t):
        e = self.table(t)
        return self.out(self.pool(e, mask=self.table.compute_mask(t)))


model = Sentiment()
optimizer = keras.optimizers.Adam(0.03)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
data = tf.data.Dataset.from_tensor_slices((tokens, positive)).batch(64)
for epoch in range(6):
    losses = []
    for t, y in data:
        with tf.GradientTape() as tape:
            loss = bce(y, model(t, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(float(loss))
    print(f"epoch {epoch} loss {np.mean(losses):.4f}")
