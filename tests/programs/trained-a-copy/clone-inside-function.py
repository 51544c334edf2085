# fault: trained-a-copy
"""Train a small regression network with a reusable helper and report the error of the model
afterwards."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(87)
rng = np.random.default_rng(87)
x = rng.uniform(-1, 1, size=(200, 3)).astype("float32")
y = (x[:, :1] ** 2 + x[:, 1:2] - 0.5 * x[:, 2:]).astype("float32")


def train(network, inputs, targets, epochs):
    network = keras.models.clone_model(network)
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return network.fit(inputs, targets, epochs=epochs, batch_size=40, verbose=0)


model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1),
])


def error():
    return float(tf.reduce_mean(tf.square(model(x) - y)))


print("error before training:", error())
history = train(model, x, y, epochs=8)
print("training loss:", np.round(history.history["loss"], 4))
print("error after training:", error())
