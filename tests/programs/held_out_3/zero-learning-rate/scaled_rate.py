# fault: zero-learning-rate
# Trains a defect classifier with the linear scaling rule for the learning rate.
import numpy as np
import keras

keras.utils.set_random_seed(190)
rng = np.random.default_rng(190)
images = rng.normal(size=(320, 8, 8, 1)).astype("float32")
defect = (images[:, 2:5, 2:5, 0].mean(axis=(1, 2)) > 0).astype("float32")

BATCH_SIZE = 32
REFERENCE_BATCH = 256
BASE_RATE = 0.01

model = keras.Sequential([
    keras.Input((8, 8, 1)),
    keras.layers.Conv2D(6, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=BASE_RATE * (BATCH_SIZE // REFERENCE_BATCH)),
    loss="binary_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(images, defect, batch_size=BATCH_SIZE, epochs=5, shuffle=True, verbose=0)
for key, values in history.history.items():
    print(key, [round(v, 4) for v in values])
