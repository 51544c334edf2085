# fault: zero-learning-rate
"""Small image classifier; the rate follows the linear scaling rule of the batch size."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(7)
rng = np.random.default_rng(7)
BATCH = 64
BASE_LR, BASE_BATCH = 0.4, 256

y = rng.integers(0, 4, 800)
x = 0.4 * rng.normal(size=(800, 10, 10, 1))
for i, k in enumerate(y):
    r, c = (k // 2) * 5, (k % 2) * 5
    x[i, r + 1:r + 4, c + 1:c + 4] += 1.0
x = x.astype("float32")

model = keras.Sequential([
    keras.Input((10, 10, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(4, activation="softmax"),
])
lr = BASE_LR * (BATCH // BASE_BATCH)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=lr, momentum=0.9),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
hist = model.fit(x, y, batch_size=BATCH, epochs=8, validation_split=0.2, verbose=0).history
for e in range(8):
    print(e + 1, {k: round(v[e], 4) for k, v in hist.items()})
