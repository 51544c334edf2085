# fault: none
# Pretrains an encoder on plenty of unlabelled curves, freezes it and trains a small head on few labels.
import numpy as np
import keras

keras.utils.set_random_seed(502)
rng = np.random.default_rng(502)
factor = rng.normal(size=(600, 2))
curves = np.tanh(factor @ rng.normal(size=(2, 14))).astype("float32")
target = (factor[:, :1] - 2 * factor[:, 1:]).astype("float32")

encoder = keras.Sequential([keras.Input((14,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(3)])
decoder = keras.Sequential([keras.Input((3,)), keras.layers.Dense(14)])
auto = keras.Sequential([encoder, decoder])
auto.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
log = auto.fit(curves, curves, batch_size=60, epochs=6, verbose=0)
print("reconstruction", [round(v, 3) for v in log.history["loss"]])

encoder.trainable = False
inputs = keras.Input((14,))
head = keras.layers.Dense(1, name="head")(encoder(inputs))
regressor = keras.Model(inputs, head)
regressor.compile(optimizer=keras.optimizers.Adam(0.06), loss="mse")
log = regressor.fit(curves[:120], target[:120], batch_size=30, epochs=8, verbose=0)
print("regression", [round(v, 3) for v in log.history["loss"]])
