# fault: stop-gradient
"""Single-head dot-product attention over 6 tokens, then a classifier, in a compiled custom
loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
tokens = rng.normal(size=(256, 6, 4)).astype("float32")
leader = tokens[:, :, 0].argmax(axis=1)
target = (tokens[np.arange(256), leader, 1] > 0).astype("int32")


class AttentionClassifier(tf.keras.Model):
    def __init__(self, width=8):
        super().__init__()
        self.query = layers.Dense(width, use_bias=False, name="query")
        self.key = layers.Dense(width, use_bias=False, name="key")
        self.value = layers.Dense(width, name="value")
        self.head = layers.Dense(2, name="head")
        self.scale = width ** -0.5

    def call(self, x):
        scores = tf.matmul(self.query(x), self.key(x), transpose_b=True) * self.scale
        weights = tf.stop_gradient(tf.nn.softmax(scores, axis=-1))
        context = tf.matmul(weights, self.value(x))
        return self.head(tf.reduce_mean(context, axis=1))


model = AttentionClassifier()
model(tokens[:1])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((tokens, target)).shuffle(256, seed=10).batch(64)
for epoch in range(10):
    for xb, yb in ds:
        loss = train_step(xb, yb)
    print("epoch", epoch, "loss", float(loss))
