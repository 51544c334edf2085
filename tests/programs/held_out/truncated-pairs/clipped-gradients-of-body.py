# fault: truncated-pairs
"""Segmentation of a bright disc in 10x10 images: a fully convolutional model with a train_step
that clips the gradients before they are applied."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(72)


class DiscSegmenter(keras.Model):
    def __init__(self):
        super().__init__()
        self.down = layers.Conv2D(6, 3, padding="same", activation="relu")
        self.middle = layers.Conv2D(6, 3, padding="same", activation="relu")
        self.mask = layers.Conv2D(1, 1)

    def call(self, images):
        return self.mask(self.middle(self.down(images)))

    def train_step(self, data):
        images, masks = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=masks, y_pred=self(images, training=True))
        variables = self.trainable_variables
        grads = tape.gradient(loss, variables)
        count = 2 * (len(self.layers) - 1)  # kernel and bias of every layer
        clipped = [tf.clip_by_norm(grads[i], 5.0) for i in range(count)]
        self.optimizer.apply_gradients(zip(clipped, variables))
        for metric in self.metrics:
            metric.update_state(loss)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(72)
grid_y, grid_x = np.mgrid[0:10, 0:10]
centre = rng.integers(3, 7, size=(160, 2))
masks = ((grid_y - centre[:, :1, None]) ** 2 + (grid_x - centre[:, 1:, None]) ** 2) < 7
images = masks + 0.5 * rng.normal(size=masks.shape)
images = images[..., None].astype("float32")
masks = masks[..., None].astype("float32")

model = DiscSegmenter()
model.compile(optimizer=keras.optimizers.Adam(0.01),
              loss=keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(images, masks, batch_size=32, epochs=5, verbose=2)
