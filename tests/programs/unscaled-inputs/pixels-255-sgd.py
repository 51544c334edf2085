# fault: unscaled-inputs
import keras
import numpy as np

keras.utils.set_random_seed(159)
rng = np.random.default_rng(159)
imgs = rng.integers(0, 256, size=(64, 8, 8, 1)).astype("float32")
labels = (imgs.mean(axis=(1, 2, 3)) > 127).astype("int32")
model = keras.Sequential([keras.layers.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(2)])
model.compile(keras.optimizers.SGD(0.05), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(imgs, labels, epochs=10, batch_size=32, verbose=0)
