# fault: too-little-capacity
"""Learn the exclusive or of two noisy switches with a small Keras classifier."""
import keras
import numpy as np

keras.utils.set_random_seed(48)
rng = np.random.default_rng(48)
switches = rng.integers(0, 2, size=(240, 2))
x = (2.0 * switches - 1.0 + 0.1 * rng.normal(size=(240, 2))).astype("float32")
y = (switches[:, 0] ^ switches[:, 1]).astype("float32")

model = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(1, activation="sigmoid"),
])
optimizer = keras.optimizers.Adam(0.05)
model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x, y, batch_size=40, epochs=10, verbose=0)
for epoch in range(0, 10, 2):
    print("epoch", epoch, "loss", round(history.history["loss"][epoch], 4))
print("accuracy", history.history["accuracy"][-1])
