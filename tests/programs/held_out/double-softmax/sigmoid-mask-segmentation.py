# fault: double-softmax
"""Binary segmentation of bright squares: convolutional network with a sigmoid mask, pixelwise
cross-entropy in a custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(109)
rng = np.random.default_rng(109)
masks = np.zeros((150, 10, 10, 1), dtype="float32")
for k in range(150):
    r, c = rng.integers(0, 6, size=2)
    masks[k, r:r + 4, c:c + 4] = 1.0
images = (masks + 0.4 * rng.normal(size=masks.shape)).astype("float32")

inputs = keras.Input((10, 10, 1))
x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
mask = layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="mask")(x)
unet = keras.Model(inputs, mask)
optimizer = keras.optimizers.Adam(0.02)


def pixel_loss(y_true, y_pred):
    return tf.reduce_mean(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=y_pred))


@tf.function
def step(image, target):
    with tf.GradientTape() as tape:
        loss = pixel_loss(target, unet(image, training=True))
    optimizer.apply_gradients(
        zip(tape.gradient(loss, unet.trainable_variables), unet.trainable_variables))
    return loss


for epoch in range(10):
    for i in range(0, 150, 30):
        loss = step(tf.constant(images[i:i + 30]), tf.constant(masks[i:i + 30]))
    print("epoch", epoch, "loss", float(loss))
predicted = unet(images).numpy() > 0.5
print("intersection over union", (predicted * masks).sum() / np.maximum(predicted, masks).sum())
