# fault: decayed-to-nothing
"""Plant leaf classifier on shape descriptors; learning rate decays 'every epoch by a half'."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(63)
rng = np.random.default_rng(63)

N, CLASSES = 1200, 6
y = rng.integers(0, CLASSES, N)
mean = rng.normal(size=(CLASSES, 14)) * 0.9
x = mean[y] + rng.normal(size=(N, 14))
x = ((x - x.mean(0)) / x.std(0)).astype("float32")

split = 1000
train = tf.data.Dataset.from_tensor_slices((x[:split], y[:split])).shuffle(split, seed=1).batch(50)
valid = tf.data.Dataset.from_tensor_slices((x[split:], y[split:])).batch(200)

schedule = keras.optimizers.schedules.ExponentialDecay(
    initial_learning_rate=0.02,
    decay_steps=1,
    decay_rate=0.5,
    staircase=True,
)

model = keras.Sequential([
    keras.layers.Input((14,)),
    keras.layers.Dense(40, activation="relu"),
    keras.layers.Dense(40, activation="relu"),
    keras.layers.Dense(CLASSES),
])
model.compile(
    optimizer=keras.optimizers.SGD(schedule, momentum=0.9),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)


class ShowEpoch(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1:2d} loss {logs['loss']:.4f} val_acc {logs['val_accuracy']:.3f}")


model.fit(train, validation_data=valid, epochs=10, verbose=0, callbacks=[ShowEpoch()])
