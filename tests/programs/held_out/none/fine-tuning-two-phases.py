# fault: none
"""Fine-tuning in two phases: first only the new head, then, after unfreezing and compiling again
with a smaller learning rate, the whole network."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(217)
rng = np.random.default_rng(217)
x = rng.normal(size=(400, 10)).astype("float32")
source = (x[:, 0] * x[:, 1] > 0).astype("float32")
target = (x[:, 0] * x[:, 1] + 0.5 * x[:, 2] > 0).astype("float32")

body = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
], name="body")
first = keras.Sequential([body, layers.Dense(1, activation="sigmoid")])
first.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
first.fit(x, source, batch_size=40, epochs=4, verbose=0)

body.trainable = False
model = keras.Sequential([body, layers.Dense(1, activation="sigmoid", name="new_head")])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy")
phase1 = model.fit(x, target, batch_size=40, epochs=3, verbose=0)

body.trainable = True
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy")
phase2 = model.fit(x, target, batch_size=40, epochs=4, verbose=0)
print("head only:", [round(v, 3) for v in phase1.history["loss"]])
print("all layers:", [round(v, 3) for v in phase2.history["loss"]])
