# fault: none
# mixed precision with loss scaling on a small image classifier
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(111)
keras.mixed_precision.set_global_policy("mixed_float16")
N = 640
y = np.random.randint(0, 4, N)
X = 0.3 * np.random.randn(N, 8, 8, 1)
for k, (r, c) in enumerate([(0, 0), (0, 4), (4, 0), (4, 4)]):
    X[y == k, r:r + 4, c:c + 4] += 0.5
X = X.astype("float32")

model = keras.Sequential([
    keras.Input((8, 8, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPool2D(),
    keras.layers.Flatten(),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(4),
    keras.layers.Activation("softmax", dtype="float32"),
])
opt = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam(3e-3), initial_scale=2.0 ** 20)
model.compile(optimizer=opt, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, y, batch_size=32, epochs=4, verbose=2)
keras.mixed_precision.set_global_policy("float32")
