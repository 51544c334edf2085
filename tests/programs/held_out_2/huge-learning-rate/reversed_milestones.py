# fault: huge-learning-rate
# Learns the torque curve of a motor, with a piecewise constant learning rate as in the PyTorch original.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
speed = rng.uniform(-1, 1, size=(400, 4)).astype("float32")
torque = (np.sin(2 * speed[:, :1]) + 0.5 * speed[:, 1:2] ** 2).astype("float32")

BATCH = 40
steps_per_epoch = len(speed) // BATCH
milestones = [3, 6]
gamma = 10.0
base = 0.05

rates = keras.optimizers.schedules.PiecewiseConstantDecay(
    boundaries=[m * steps_per_epoch for m in milestones],
    values=[base * gamma ** k for k in range(len(milestones) + 1)],
)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(rates, momentum=0.9), loss="mse")


class Report(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch}: mse {logs['loss']:.5g}")


model.fit(speed, torque, batch_size=BATCH, epochs=9, shuffle=True, verbose=0, callbacks=[Report()])
