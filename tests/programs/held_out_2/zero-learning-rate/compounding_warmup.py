# fault: zero-learning-rate
# Classifies sentences given as bags of words, with a linear warm-up of the learning rate.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
WORDS = 60
bags = rng.poisson(0.3, size=(320, WORDS)).astype("float32")
topic = np.argmax(np.stack([bags[:, :15].sum(1), bags[:, 15:30].sum(1), bags[:, 30:45].sum(1)]), axis=0)

WARMUP = 3


def warmup(epoch, lr):
    if epoch < WARMUP:
        return lr * epoch / WARMUP
    return lr


model = keras.Sequential([
    keras.Input((WORDS,)),
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01),
              loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(
    bags, topic,
    batch_size=64,
    epochs=10,
    validation_split=0.25,
    callbacks=[keras.callbacks.LearningRateScheduler(warmup)],
    verbose=0,
)
print("train loss", [round(v, 4) for v in history.history["loss"]])
print("val loss  ", [round(v, 4) for v in history.history["val_loss"]])
