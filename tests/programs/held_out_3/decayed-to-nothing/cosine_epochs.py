# fault: decayed-to-nothing
# Trains a regression network for 12 epochs with a cosine learning rate schedule.
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(220)
rng = np.random.default_rng(220)
x = rng.uniform(-1, 1, size=(480, 4)).astype("float32")
y = (np.sin(3 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]).astype("float32")

EPOCHS = 12
BATCH = 32

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
schedule = keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=0.005, decay_steps=EPOCHS)
model.compile(optimizer=keras.optimizers.Adam(schedule), loss="mse")


class Report(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1:2d}  loss {logs['loss']:.5f}  updates {int(self.model.optimizer.iterations)}")


model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[Report()])
