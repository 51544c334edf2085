# fault: none
# Classify three kinds of synthetic wine with a Keras model; nothing special.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(212)
rng = np.random.default_rng(212)
kind = rng.integers(0, 3, size=450)
profile = 1.5 * rng.normal(size=(3, 11))
wine = (profile[kind] + rng.normal(size=(450, 11))).astype("float32")

model = keras.Sequential([
    keras.Input(shape=(11,)),
    layers.Normalization(),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.2),
    layers.Dense(3, activation="softmax"),
])
model.layers[0].adapt(wine)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate = 0.01
history = model.fit(wine, kind, validation_split=0.2, epochs=8, batch_size=30, verbose=2)
print("validation accuracy:", round(history.history["val_accuracy"][-1], 3))
