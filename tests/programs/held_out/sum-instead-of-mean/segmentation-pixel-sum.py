# fault: sum-instead-of-mean
"""Segment bright squares in 16x16 images with a small convolutional network."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(74)
rng = np.random.default_rng(74)
masks = np.zeros((64, 16, 16, 1), dtype="float32")
for mask in masks:
    r, c = rng.integers(0, 10, size=2)
    mask[r:r + 6, c:c + 6] = 1.0
images = (masks + 0.4 * rng.normal(size=masks.shape)).astype("float32")

segmenter = tf.keras.Sequential([
    layers.Input((16, 16, 1)),
    layers.Conv2D(8, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 3, padding="same"),
])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.5)


@tf.function
def train_step(image, mask):
    with tf.GradientTape() as tape:
        logits = segmenter(image, training=True)
        pixel_loss = tf.nn.sigmoid_cross_entropy_with_logits(labels=mask, logits=logits)
        loss = tf.reduce_sum(pixel_loss)
    grads = tape.gradient(loss, segmenter.trainable_variables)
    optimizer.apply_gradients(zip(grads, segmenter.trainable_variables))
    agreement = tf.reduce_mean(tf.cast(tf.equal(logits > 0, mask > 0.5), tf.float32))
    return loss, agreement


for epoch in range(5):
    for i in range(0, 64, 16):
        loss, agreement = train_step(images[i:i + 16], masks[i:i + 16])
    print(f"epoch {epoch} loss {loss.numpy():.3f} pixel accuracy {agreement.numpy():.3f}")
