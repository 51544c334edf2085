# fault: none
# Keeps an exponential moving average of the weights and evaluates with it between the epochs.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
x = rng.normal(size=(400, 6)).astype("float32")
y = ((x[:, 0] * x[:, 1] > 0)).astype("float32")[:, None]
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])


class Average(keras.callbacks.Callback):
    def __init__(self, decay=0.9):
        super().__init__()
        self.decay = decay

    def on_train_begin(self, logs=None):
        self.shadow = [w.copy() for w in self.model.get_weights()]

    def on_train_batch_end(self, batch, logs=None):
        for s, w in zip(self.shadow, self.model.get_weights()):
            s += (1 - self.decay) * (w - s)

    def on_epoch_end(self, epoch, logs=None):
        raw = self.model.get_weights()
        self.model.set_weights(self.shadow)
        smooth = float(tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=self.model(x))))
        self.model.set_weights(raw)
        print(f"epoch {epoch}: loss {logs['loss']:.4f}, with averaged weights {smooth:.4f}")


model.compile(optimizer=keras.optimizers.Adam(0.02), loss=keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(x, y, batch_size=40, epochs=7, verbose=0, callbacks=[Average()])
