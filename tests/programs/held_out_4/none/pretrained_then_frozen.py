# fault: none
# Autoencoder pre-training, then a classifier on top of the frozen encoder.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
latent = rng.normal(size=(600, 3))
X = np.tanh(latent @ rng.normal(size=(3, 20)) * 0.7).astype("float32") + 0.05 * rng.normal(size=(600, 20)).astype("float32")
y = (latent[:, 0] + latent[:, 1] > 0).astype("float32")[:, None]

encoder = keras.Sequential([keras.Input((20,)), layers.Dense(24, activation="relu"), layers.Dense(6)], name="encoder")
decoder = keras.Sequential([keras.Input((6,)), layers.Dense(24, activation="relu"), layers.Dense(20)], name="decoder")
autoencoder = keras.Sequential([keras.Input((20,)), encoder, decoder])
autoencoder.compile(keras.optimizers.Adam(5e-3), "mse")
pre = autoencoder.fit(X, X, epochs=10, batch_size=60, verbose=0).history
print("reconstruction", round(pre["loss"][0], 4), "->", round(pre["loss"][-1], 4))

encoder.trainable = False
inputs = keras.Input((20,))
hidden = layers.Dense(16, activation="relu")(encoder(inputs, training=False))
classifier = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(hidden))
classifier.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy", metrics=["accuracy"])
log = classifier.fit(X[:480], y[:480], epochs=10, batch_size=60, validation_data=(X[480:], y[480:]), verbose=0).history
print("accuracy", np.round(log["accuracy"], 3))
print("validation", np.round(log["val_accuracy"], 3))
