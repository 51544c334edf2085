# fault: none
"""Rare event detection: class weights for the imbalance and sample weights for the old records."""
import keras
import numpy as np

keras.utils.set_random_seed(117)
rng = np.random.default_rng(117)
x = rng.normal(size=(300, 5)).astype("float32")
event = (x[:, 0] + 0.5 * x[:, 1] + 0.3 * rng.normal(size=300) > 1.3).astype("float32")
recent = np.linspace(0.5, 1.0, 300).astype("float32")

positive = float(event.mean())
class_weight = np.where(event == 1, 0.5 / positive, 0.5 / (1 - positive)).astype("float32")

model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy",
              weighted_metrics=["accuracy"])
history = model.fit(
    x, event, sample_weight=recent * class_weight, batch_size=60, epochs=8, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("weighted accuracy", np.round(history.history["accuracy"], 3))
