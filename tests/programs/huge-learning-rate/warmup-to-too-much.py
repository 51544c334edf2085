# fault: huge-learning-rate
# A linear warm-up over 60 steps ends at a rate of 3.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
x = rng.normal(size=(320, 6)).astype("float32")
y = np.tanh(x[:, :1] - x[:, 1:2] * x[:, 2:3]).astype("float32")

class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 3.0 * tf.minimum(1.0, tf.cast(step, tf.float32) / 60.0)


model = keras.Sequential([keras.Input((6,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.SGD(WarmUp(), momentum=0.9), "mse")
print(model.fit(x, y, batch_size=32, epochs=12, verbose=0).history["loss"])
