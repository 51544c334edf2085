# fault: none
# Plain ReLU network on shapes; reports how many hidden units never fire.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
N = 500
y = rng.integers(0, 3, N)
x = rng.uniform(0, 0.3, (N, 10, 10, 1))
for i, k in enumerate(y):
    r, c = rng.integers(0, 5, 2)
    if k == 0:
        x[i, r:r + 5, c:c + 5] += 0.7
    elif k == 1:
        x[i, r + 2, c:c + 5] += 0.7
        x[i, r:r + 5, c + 2] += 0.7
    else:
        x[i, range(r, r + 5), range(c, c + 5)] += 0.7
x = x.astype("float32")

inputs = keras.Input((10, 10, 1))
h = layers.Conv2D(8, 3, activation="relu")(inputs)
h = layers.Flatten()(h)
h = layers.Dense(64, activation="relu", kernel_initializer="he_normal", name="hidden")(h)
outputs = layers.Dense(3, activation="softmax")(h)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
log = model.fit(x, y, batch_size=50, epochs=8, verbose=0).history
hidden = keras.Model(inputs, model.get_layer("hidden").output).predict(x, verbose=0)
print("accuracy", np.round(log["accuracy"], 3))
print("units that never fire:", int(np.sum(hidden.max(axis=0) == 0)), "of", hidden.shape[1])
