# fault: missing-training-flag
# Trains a water quality classifier with batch normalisation in its own train_step.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(450)
rng = np.random.default_rng(450)
sample = (rng.normal(size=(320, 6)) * 1.5 + 0.8).astype("float32")
clean = (sample[:, 0] * sample[:, 1] > sample[:, 2]).astype("float32")[:, None]


class WaterModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input((6,))
h = keras.layers.BatchNormalization(name="norm_in")(inputs)
h = keras.layers.Dense(24)(h)
h = keras.layers.BatchNormalization(name="norm_hidden")(h)
h = keras.layers.Activation("relu")(h)
h = keras.layers.Dropout(0.2)(h)
model = WaterModel(inputs, keras.layers.Dense(1)(h))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(sample, clean, batch_size=32, epochs=6, verbose=2)
norm = model.get_layer("norm_in")
print("moving mean    ", norm.moving_mean.numpy())
print("moving variance", norm.moving_variance.numpy())
