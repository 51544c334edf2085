# fault: none
# Cosine annealing with warm restarts; the rate touches zero at the end of each cycle.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(121)
rng = np.random.default_rng(121)
t = rng.uniform(-1, 1, (768, 2)).astype("float32")
height = (np.sin(3 * t[:, 0]) * np.cos(2 * t[:, 1]) + 0.3 * t[:, 0])[:, None].astype("float32")

STEPS_PER_EPOCH = 12
schedule = keras.optimizers.schedules.CosineDecayRestarts(1e-2, first_decay_steps=4 * STEPS_PER_EPOCH, t_mul=1.5, m_mul=0.8)
model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(48, activation="tanh"),
    keras.layers.Dense(48, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(schedule), loss="mse")


class RateLogger(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.rates = []

    def on_epoch_end(self, epoch, logs=None):
        self.rates.append(float(schedule(self.model.optimizer.iterations)))


logger = RateLogger()
log = model.fit(t, height, batch_size=64, epochs=18, callbacks=[logger], verbose=0).history["loss"]
for e in range(0, 18, 3):
    print(f"epoch {e:2d} loss {log[e]:.5f} next rate {logger.rates[e]:.2e}")
