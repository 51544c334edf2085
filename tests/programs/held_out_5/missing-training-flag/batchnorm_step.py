# fault: missing-training-flag
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(73)
rng = np.random.default_rng(73)
cls = rng.integers(0, 3, 900)
images = rng.normal(size=(900, 8, 8, 1)) * 0.5
for k in range(3):
    images[cls == k, 2 * k:2 * k + 3, :, 0] += 0.8
images = images.astype("float32")


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = [
            layers.Conv2D(8, 3), layers.BatchNormalization(), layers.ReLU(),
            layers.Conv2D(8, 3), layers.BatchNormalization(), layers.ReLU(),
            layers.Flatten(), layers.Dropout(0.3), layers.Dense(3),
        ]

    def call(self, x, training=False):
        for layer in self.stack:
            if isinstance(layer, (layers.BatchNormalization, layers.Dropout)):
                x = layer(x, training=training)
            else:
                x = layer(x)
        return x

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            logits = self(x)
            loss = self.compute_loss(x, y, logits)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self._loss_tracker.update_state(loss)
        return self.compute_metrics(x, y, logits)


net = Net()
net.compile(optimizer=keras.optimizers.Adam(0.003), metrics=["accuracy"],
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
h = net.fit(images, cls, batch_size=60, epochs=8, verbose=0).history
print({k: np.round(v, 3).tolist() for k, v in h.items()})
bn = net.stack[1]
print("moving mean", bn.moving_mean.numpy().round(3), "moving variance", bn.moving_variance.numpy().round(3))
