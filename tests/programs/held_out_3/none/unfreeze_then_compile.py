# fault: none
# Trains the head of a network, then opens the whole network with a new optimizer.
import numpy as np
import keras

keras.utils.set_random_seed(510)
rng = np.random.default_rng(510)
x = rng.normal(size=(240, 8)).astype("float32")
y = (np.sin(x[:, :1] * 2) + x[:, 1:2]).astype("float32")

base = keras.Sequential([keras.Input((8,)), keras.layers.Dense(24, activation="tanh")], name="base")
model = keras.Sequential([keras.Input((8,)), base, keras.layers.Dense(1, name="head")])

base.trainable = False
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
first = model.fit(x, y, batch_size=40, epochs=3, verbose=0).history["loss"]
print("head", [round(v, 3) for v in first])

base.trainable = True
model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
second = model.fit(x, y, batch_size=40, epochs=12, verbose=0).history["loss"]
print("all", [round(v, 3) for v in second])
