# fault: frozen-after-compile
"""Transfer in two phases: first the head on a fixed base, then everything."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
X = rng.normal(size=(1000, 12)).astype("float32")
y_source = (np.sin(X[:, :1]) + X[:, 1:2]).astype("float32")
y_target = (X[:, 2:3] * X[:, 3:4] + 0.5 * X[:, 4:5] ** 2).astype("float32")

base = keras.Sequential([keras.Input((12,)), layers.Dense(48, activation="relu"), layers.Dense(8, activation="relu")], name="base")
source = keras.Sequential([base, layers.Dense(1)])
source.compile("adam", "mse")
source.fit(X, y_source, batch_size=100, epochs=10, verbose=0)

base.trainable = False
model = keras.Sequential([base, layers.Dense(1, name="head")], name="target")
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse")
first = model.fit(X, y_target, batch_size=100, epochs=10, verbose=0)
print("head only   ", np.round(first.history["loss"][::3], 4))

base.trainable = True
model.optimizer.learning_rate = 0.002
second = model.fit(X, y_target, batch_size=100, epochs=30, verbose=0)
print("whole network", np.round(second.history["loss"][::5], 4))
print("target variance", y_target.var())
