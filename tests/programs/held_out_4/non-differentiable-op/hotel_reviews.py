# fault: non-differentiable-op
# Hotel reviews: one network predicts the topic and the star rating at once.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(25)
rng = np.random.default_rng(25)
VOCAB, TOPICS = 60, 3
topic = rng.integers(0, TOPICS, 700)
quality = rng.uniform(-1, 1, 700)
counts = rng.poisson(1.0 + 2.0 * (np.arange(VOCAB)[None] % TOPICS == topic[:, None]) * (np.arange(VOCAB) < 30))
counts = counts + rng.poisson(np.clip(1 + quality, 0, None)[:, None] * (np.arange(VOCAB) >= 45))
bow = (counts / counts.sum(1, keepdims=True) * 10).astype("float32")
stars = np.clip(np.round(3 + 2 * quality), 1, 5).astype("float32")


class ReviewModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.shared = layers.Dense(32, activation="relu")
        self.topic_head = layers.Dense(TOPICS)
        self.star_hidden = layers.Dense(16, activation="relu")
        self.star_head = layers.Dense(1)

    def call(self, x):
        h = self.shared(x)
        rating = 1.0 + 4.0 * tf.sigmoid(self.star_head(self.star_hidden(h))[:, 0])
        return self.topic_head(h), rating


model = ReviewModel()
optimizer = keras.optimizers.Adam(3e-3)
ds = tf.data.Dataset.from_tensor_slices((bow, topic, stars)).shuffle(700, seed=2).batch(70)


@tf.function
def train_step(x, t, s):
    with tf.GradientTape() as tape:
        topic_logits, rating = model(x, training=True)
        topic_loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=t, logits=topic_logits))
        predicted_stars = tf.round(rating)
        star_loss = tf.reduce_mean(tf.abs(predicted_stars - s))
        loss = topic_loss + 0.5 * star_loss
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return topic_loss, star_loss


for epoch in range(12):
    logs = np.mean([[float(a) for a in train_step(*batch)] for batch in ds], axis=0)
    print(f"epoch {epoch:2d} topic {logs[0]:.3f} star mae {logs[1]:.3f}")
