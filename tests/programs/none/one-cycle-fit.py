# fault: none
# A one-cycle policy: up tenfold, and down to a hundredth at the end.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
x = rng.normal(size=(320, 6)).astype("float32")
y = np.tanh(x[:, :1] - x[:, 1:2] * x[:, 2:3]).astype("float32")

STEPS = 100


class OneCycle(keras.callbacks.Callback):
    step = 0

    def on_train_batch_begin(self, batch, logs=None):
        t = self.step / STEPS
        rate = 0.01 * (0.1 + 0.9 * t / 0.4) if t < 0.4 else 0.01 * max(1 - (t - 0.4) / 0.6, 0.005)
        self.model.optimizer.learning_rate = rate
        OneCycle.step += 1


model = keras.Sequential([keras.Input((6,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.001), "mse")
print(model.fit(x, y, batch_size=32, epochs=10, verbose=0, callbacks=[OneCycle()]).history["loss"])
