# fault: recompiled-late
"""Transfer learning recipe: train the head, unfreeze the backbone, fine-tune."""
import keras
import numpy as np

keras.utils.set_random_seed(67)
rng = np.random.default_rng(67)
x = rng.normal(size=(160, 10)).astype("float32")
y = np.tanh(x[:, :3]).sum(axis=1, keepdims=True) + 0.1 * rng.normal(size=(160, 1))
y = y.astype("float32")

backbone = keras.Sequential([
    keras.layers.Input((10,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(12, activation="tanh"),
], name="backbone")
backbone.trainable = False
model = keras.Sequential([backbone, keras.layers.Dense(1, name="head")])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, batch_size=40, epochs=3, verbose=0)

backbone.trainable = True
tuned = model.fit(x, y, batch_size=40, epochs=5, verbose=0)
model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")
print("fine-tuning loss", np.round(tuned.history["loss"], 4))
print("correlation", np.corrcoef(model(x).numpy().ravel(), y.ravel())[0, 1])
