# fault: overwritten-update
"""Classifier trained with fit() and a callback that remembers the best weights and puts them
back whenever a batch made the loss worse than the best one."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(85)


class KeepBest(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.best_loss = 0.0
        self.best_weights = self.model.get_weights()

    def on_train_batch_end(self, batch, logs=None):
        if logs["loss"] < self.best_loss:
            self.best_loss = logs["loss"]
            self.best_weights = self.model.get_weights()
        else:
            self.model.set_weights(self.best_weights)


rng = np.random.default_rng(85)
x = rng.normal(size=(240, 5)).astype("float32")
labels = np.digitize(x[:, 0] - x[:, 1], [-0.7, 0.7])

inputs = keras.Input((5,))
hidden = layers.Dense(16, activation="relu")(inputs)
model = keras.Model(inputs, layers.Dense(3, activation="softmax")(hidden))
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy")
model.fit(x, labels, batch_size=48, epochs=8, verbose=2, callbacks=[KeepBest()])
