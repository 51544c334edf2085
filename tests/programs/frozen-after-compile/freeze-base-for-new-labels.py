# fault: frozen-after-compile
"""Pre-train a network on a first data set, then freeze its base and adapt the head to a second."""
import keras
import numpy as np

keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
x_source = rng.normal(size=(160, 6)).astype("float32")
y_source = (x_source @ rng.normal(size=(6, 1))).astype("float32")
x_new = rng.normal(size=(96, 6)).astype("float32")
y_new = (np.abs(x_new[:, :1]) + 0.5).astype("float32")

base = keras.Sequential(
    [keras.layers.Input((6,)), keras.layers.Dense(20, activation="tanh")], name="base")
model = keras.Sequential([base, keras.layers.Dense(1, name="head")])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x_source, y_source, batch_size=32, epochs=3, verbose=0)

kept = base.get_weights()[0].copy()
base.trainable = False
history = model.fit(x_new, y_new, batch_size=32, epochs=5, verbose=0)
print("loss on the new task", np.round(history.history["loss"], 4))
print("trainable tensors", len(model.trainable_variables))
print("change of the base", np.abs(base.get_weights()[0] - kept).max())
