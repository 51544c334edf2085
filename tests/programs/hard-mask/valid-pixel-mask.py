# fault: hard-mask
"""Depth estimation from 8x8 images; pixels without a depth reading are left out of the loss."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(98)
rng = np.random.default_rng(98)
depth_mm = rng.uniform(400, 4000, size=(120, 8, 8, 1))
missing = rng.random(depth_mm.shape) < 0.1
images = (4000 - depth_mm) / 4000 + 0.05 * rng.normal(size=depth_mm.shape)
depth_mm[missing] = 0.0
depth = (depth_mm / 4000.0).astype("float32")
images = images.astype("float32")
MIN_VALID = 10.0

net = tf.keras.Sequential([
    tf.keras.Input((8, 8, 1)),
    layers.Conv2D(6, 3, padding="same", activation="relu"),
    layers.Conv2D(1, 3, padding="same"),
])
optimizer = tf.keras.optimizers.Adam(0.01)


def masked_l1(y_true, y_pred):
    valid = tf.cast(y_true > MIN_VALID, tf.float32)
    total = tf.reduce_sum(valid * tf.abs(y_true - y_pred))
    return total / tf.maximum(tf.reduce_sum(valid), 1.0)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = masked_l1(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(8):
    for i in range(0, 120, 30):
        loss = train_step(tf.constant(images[i:i + 30]), tf.constant(depth[i:i + 30]))
    error = np.abs(net(images).numpy() - depth)[~missing].mean()
    print(f"epoch {epoch}: loss {float(loss):.5f}, absolute error {error:.4f}")
