# fault: decayed-to-nothing
# Denoises short signals and lowers the learning rate when validation stops improving.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
t = np.linspace(0, 1, 24)
clean = np.sin(2 * np.pi * (rng.uniform(1, 3, (420, 1)) * t + rng.uniform(0, 1, (420, 1))))
noisy = clean + 0.2 * rng.normal(size=clean.shape)
clean, noisy = clean.astype("float32"), noisy.astype("float32")

model = keras.Sequential([
    keras.Input((24,)),
    layers.Reshape((24, 1)),
    layers.Conv1D(8, 5, padding="same", activation="relu"),
    layers.Conv1D(8, 5, padding="same", activation="relu"),
    layers.Conv1D(1, 5, padding="same"),
    layers.Flatten(),
])
model.compile(optimizer=keras.optimizers.SGD(0.05, momentum=0.5), loss="mse",
              metrics=[keras.metrics.R2Score(name="r2", class_aggregation="uniform_average")])

plateau = keras.callbacks.ReduceLROnPlateau(
    monitor="val_loss",
    mode="max",
    factor=0.1,
    patience=1,
    verbose=0,
)
log = model.fit(noisy, clean, validation_split=0.15, batch_size=60, epochs=12,
                callbacks=[plateau], verbose=0)
for key in ("loss", "val_loss", "learning_rate"):
    print(key, [float(f"{v:.4g}") for v in log.history[key]])
