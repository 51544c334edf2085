# fault: tiny-learning-rate
# Estimates the strength of concrete from its mixture with a small multilayer perceptron.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(24)
rng = np.random.default_rng(24)

mixture = rng.uniform(-1, 1, size=(480, 8)).astype("float32")
strength = (3 * mixture[:, 0] - 2 * mixture[:, 1] + np.exp(mixture[:, 2])).astype("float32")
train_x, test_x = mixture[:400], mixture[400:]
train_y, test_y = strength[:400], strength[400:]


def build(optimizer):
    inputs = keras.Input((8,), name="mixture")
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    model = keras.Model(inputs, layers.Dense(1, name="strength")(x))
    model.compile(optimizer=optimizer, loss="mse", metrics=["mae"])
    return model


# Zeiler's method adapts the step sizes by itself
model = build("adadelta")
log = model.fit(train_x, train_y, epochs=10, batch_size=32, verbose=0,
                validation_data=(test_x, test_y))
print("mse", [round(v, 3) for v in log.history["loss"]])
print("val", [round(v, 3) for v in log.history["val_loss"]])
