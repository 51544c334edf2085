# fault: dead-relu
import keras
import numpy as np

keras.utils.set_random_seed(841)
rng = np.random.default_rng(841)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
labels = (images.mean(axis=(1, 2, 3)) > 0).astype("int32")
tgt = -np.abs(images.mean(axis=(1, 2))).astype("float32") - 1.0
model = keras.Sequential([keras.layers.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(1), keras.layers.ReLU()])
model.compile(keras.optimizers.SGD(0.1), "mse")
model.fit(images, tgt, epochs=8, verbose=0)
