# fault: dead-relu
# Predicts the focus quality of small microscope tiles from pixel intensities between 0 and 1.
import numpy as np
import keras

keras.utils.set_random_seed(340)
rng = np.random.default_rng(340)
tiles = rng.uniform(0, 1, size=(480, 25)).astype("float32")
focus = (np.abs(np.diff(tiles, axis=1)).mean(axis=1, keepdims=True) * 10).astype("float32")

small = keras.initializers.RandomUniform(minval=-0.3, maxval=0.0, seed=7)
model = keras.Sequential([
    keras.Input((25,)),
    keras.layers.Dense(40, activation="relu", kernel_initializer=small),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")

mean_before = float(focus.mean())
for epoch in range(6):
    loss = model.fit(tiles, focus, batch_size=40, epochs=1, verbose=0).history["loss"][0]
    p = model(tiles).numpy()
    print(f"epoch {epoch + 1} mse {loss:.3f} predictions {p.min():.3f} .. {p.max():.3f}")
print("targets", focus.min(), "..", focus.max(), "mean", mean_before)
