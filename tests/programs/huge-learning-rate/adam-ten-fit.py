# fault: huge-learning-rate
"""Three-class spiral classifier trained with compile and fit."""
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
radius = np.linspace(0.1, 1.0, 60)
arms = []
for c in range(3):
    angle = 2.0 * np.pi * c / 3 + 2.5 * radius + 0.1 * rng.normal(size=60)
    arms.append(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1))
points = np.concatenate(arms).astype("float32") / 0.45
labels = np.repeat(np.arange(3), 60)

model = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(3),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=10.0),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(points, labels, batch_size=45, epochs=10, shuffle=True, verbose=0)
print("loss", np.round(history.history["loss"], 2))
print("accuracy", np.round(history.history["accuracy"], 2))
