# fault: untracked-variable
# Regresses bike rentals from calendar and weather features, one branch for each kind.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(30)
rng = np.random.default_rng(30)
calendar = rng.normal(size=(288, 4)).astype("float32")
weather = rng.normal(size=(288, 5)).astype("float32")
rentals = (np.sin(calendar[:, :1] * 2) + weather[:, :1] * weather[:, 1:2]).astype("float32")


def branch(units, name):
    first = keras.layers.Dense(units, activation="relu", name=name + "_1")
    second = keras.layers.Dense(units // 2, activation="relu", name=name + "_2")

    def apply(x):
        return second(first(x))

    return apply


class Rentals(keras.Model):
    def __init__(self):
        super().__init__()
        self.calendar_branch = branch(24, "calendar")
        self.weather_branch = branch(24, "weather")
        self.mix = keras.layers.Dense(16, activation="relu")
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        joint = tf.concat([self.calendar_branch(inputs[0]), self.weather_branch(inputs[1])], axis=-1)
        return self.out(self.mix(joint))


model = Rentals()
model((calendar[:2], weather[:2]))
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
history = model.fit((calendar, weather), rentals, batch_size=36, epochs=5, verbose=0)
print("mse", [round(v, 4) for v in history.history["loss"]])
