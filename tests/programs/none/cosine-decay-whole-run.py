# fault: none
"""Regression with fit; the cosine decay spans all steps of the training."""
import keras
import numpy as np

keras.utils.set_random_seed(102)
rng = np.random.default_rng(102)
x = rng.uniform(-1, 1, size=(240, 3)).astype("float32")
y = (np.sin(2 * x[:, :1]) + 0.5 * np.abs(x[:, 1:2])).astype("float32")

BATCH, EPOCHS = 40, 8
total_steps = EPOCHS * (len(x) // BATCH)
rate = keras.optimizers.schedules.CosineDecay(
    initial_learning_rate=0.02, decay_steps=total_steps, alpha=0.05)

inputs = keras.Input((3,))
hidden = keras.layers.Dense(24, activation="tanh")(inputs)
outputs = keras.layers.Dense(1)(hidden)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")
history = model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
print("loss", np.round(history.history["loss"], 4))
