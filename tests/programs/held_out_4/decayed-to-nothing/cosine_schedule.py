# fault: decayed-to-nothing
# Wine-quality style classification with cosine annealing.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(20)
rng = np.random.default_rng(20)
EPOCHS, BATCH = 10, 40
X = rng.normal(size=(800, 11)).astype("float32")
signal = X[:, 0] * X[:, 1] + np.sin(2 * X[:, 2]) + 0.5 * X[:, 3]
y = np.digitize(signal, [-0.6, 0.6])

schedule = keras.optimizers.schedules.CosineDecay(initial_learning_rate=3e-3, decay_steps=EPOCHS)

model = keras.Sequential([
    keras.Input((11,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(64, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(schedule), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(X[:640], y[:640], epochs=EPOCHS, batch_size=BATCH, validation_data=(X[640:], y[640:]), verbose=0)
best = int(np.argmax(history.history["val_accuracy"]))
for epoch, (loss, acc) in enumerate(zip(history.history["loss"], history.history["val_accuracy"])):
    print(f"epoch {epoch:2d} loss {loss:.4f} val accuracy {acc:.3f}" + ("  <- best" if epoch == best else ""))
