# fault: zero-learning-rate
"""Text-like sequence classifier (embedding + mean pooling) with a transformer style warm-up."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(40)
rng = np.random.default_rng(40)
tokens = rng.integers(1, 50, size=(96, 12))
sentiment = (np.isin(tokens, range(1, 20)).sum(axis=1) > 4).astype("float32")[:, None]


class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps):
        self.peak = peak
        self.warmup_steps = warmup_steps

    def __call__(self, step):
        progress = tf.minimum(step // self.warmup_steps, 1)
        return self.peak * tf.cast(progress, tf.float32)


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = keras.layers.Embedding(50, 8)
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.out = keras.layers.Dense(1)

    def call(self, ids):
        return self.out(self.pool(self.embed(ids)))


net = Classifier()
adam = keras.optimizers.Adam(Warmup(peak=0.02, warmup_steps=100))
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train(ids, y):
    with tf.GradientTape() as tape:
        loss = bce(y, net(ids, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    adam.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(15):
    total = 0.0
    for i in range(0, 96, 24):
        total += float(train(tokens[i:i + 24], sentiment[i:i + 24]))
    print(f"epoch {epoch} loss {total / 4:.4f}")
