# fault: gradients-not-applied
"""Digit-like classification of 6x6 images with a small convolutional network and a custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
templates = rng.random((4, 6, 6, 1))
digit = rng.integers(0, 4, size=256)
images = (templates[digit] + 0.2 * rng.normal(size=(256, 6, 6, 1))).astype("float32")
train = tf.data.Dataset.from_tensor_slices((images, digit)).shuffle(256, seed=61).batch(64)

model = tf.keras.Sequential([
    tf.keras.Input((6, 6, 1)),
    layers.Conv2D(6, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(4),
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
accuracy = tf.keras.metrics.SparseCategoricalAccuracy()

for epoch in range(6):
    accuracy.reset_state()
    for x, y in train:
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = loss_fn(y, logits)
        gradients = tape.gradient(loss, model.trainable_weights)
        accuracy.update_state(y, logits)
    print(f"epoch {epoch}: loss {float(loss):.4f} accuracy {float(accuracy.result()):.3f}")
