# fault: decayed-to-nothing
"""Binary classification with fit; the callback lowers the learning rate after every epoch."""
import keras
import numpy as np

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
x = rng.normal(size=(160, 6)).astype("float32")
y = ((x[:, 0] * x[:, 1] + x[:, 2]) > 0).astype("float32")


class StepDecay(keras.callbacks.Callback):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def on_epoch_end(self, epoch, logs=None):
        rate = float(self.model.optimizer.learning_rate)
        self.model.optimizer.learning_rate = rate * self.factor


model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x, y, batch_size=80, epochs=15, callbacks=[StepDecay(0.02)], verbose=0)
print(np.round(history.history["loss"], 4))
print("accuracy", history.history["accuracy"][-1])
