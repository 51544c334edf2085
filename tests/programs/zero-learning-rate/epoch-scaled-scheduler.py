# fault: zero-learning-rate
"""Iris-like classifier with fit; a scheduler callback makes the rate grow with the epoch."""
import keras
import numpy as np

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
species = rng.integers(0, 3, size=150)
flowers = (rng.normal(size=(3, 4))[species] * 2 + 0.4 * rng.normal(size=(150, 4))).astype("float32")


def schedule(epoch, lr):
    return lr * min(epoch, 5) / 5


model = keras.Sequential()
model.add(keras.layers.Input(shape=(4,)))
model.add(keras.layers.Dense(12, activation="relu"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(
    optimizer=keras.optimizers.RMSprop(learning_rate=0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
rate = keras.callbacks.LearningRateScheduler(schedule)
result = model.fit(flowers, species, batch_size=30, epochs=6, callbacks=[rate], verbose=2)
print("accuracy", result.history["accuracy"][-1])
