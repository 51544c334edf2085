# fault: vanishing-gradient
"""Deep fully connected network for a two-class problem, compiled and fitted with SGD."""
import keras
import numpy as np

keras.utils.set_random_seed(24)
rng = np.random.default_rng(24)
x = rng.normal(size=(160, 8)).astype("float32")
y = (x[:, 0] - x[:, 1] + 0.5 * x[:, 2] > 0).astype("float32")

model = keras.Sequential([keras.Input((8,))])
for depth in range(12):
    model.add(keras.layers.Dense(24, activation="sigmoid"))
model.add(keras.layers.Dense(1))

model.compile(
    optimizer=keras.optimizers.SGD(0.1),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(x, y, batch_size=32, epochs=8, verbose=0)
print("loss", [round(v, 4) for v in history.history["loss"]])
print("accuracy", [round(v, 3) for v in history.history["accuracy"]])
