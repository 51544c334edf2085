# fault: frozen-variable
# Measures how good random features are with a linear probe, then trains the whole network.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)
x = rng.uniform(-1, 1, size=(400, 2)).astype("float32")
ring = (np.hypot(x[:, 0], x[:, 1]) < 0.75).astype("int32")

encoder = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(8, activation="tanh"),
    layers.Dense(2, activation="tanh"),
], name="encoder")


def probe_accuracy(features, x, y):
    """Accuracy of a linear classifier on top of the given features."""
    features.trainable = False
    probe = keras.Sequential([features, layers.Dense(1, activation="sigmoid")])
    probe.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["accuracy"])
    probe.fit(x, y, batch_size=100, epochs=2, verbose=0)
    return probe.evaluate(x, y, verbose=0, return_dict=True)["accuracy"]


print("probe accuracy of the untrained encoder:", round(probe_accuracy(encoder, x, ring), 3))

classifier = keras.Sequential([
    keras.Input((2,)),
    encoder,
    layers.Dense(1, activation="sigmoid"),
], name="classifier")
classifier.compile(optimizer=keras.optimizers.Adam(0.03), loss="binary_crossentropy", metrics=["accuracy"])
log = classifier.fit(x, ring, batch_size=50, epochs=10, verbose=0)
print("training loss:", [round(v, 4) for v in log.history["loss"]])
print("training accuracy:", round(log.history["accuracy"][-1], 3))
