# fault: trained-a-copy
# Trains a churn classifier with a helper function and then scores all customers with it.
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(80)
rng = np.random.default_rng(80)
customers = rng.normal(size=(400, 9)).astype("float32")
churn = ((customers[:, 0] - customers[:, 4] * customers[:, 5]) > 0).astype("float32")


def build():
    inputs = keras.Input((9,))
    h = keras.layers.Dense(24, activation="relu")(inputs)
    h = keras.layers.Dense(12, activation="relu")(h)
    return keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(h))


def train(net, x, y, epochs):
    net = keras.models.clone_model(net)
    net.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
    history = net.fit(x, y, epochs=epochs, batch_size=40, verbose=0)
    return history.history


def accuracy(net, x, y):
    p = net(x).numpy()[:, 0]
    return np.mean((p > 0.5) == (y > 0.5))


model = build()
print("accuracy before:", accuracy(model, customers, churn))
log = train(model, customers, churn, epochs=10)
print("training loss:", [round(v, 3) for v in log["loss"]])
print("accuracy after:", accuracy(model, customers, churn))
