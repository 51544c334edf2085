# fault: recompiled-late
# Fine-tuning schedule: head first, then everything with a smaller rate.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(62)
rng = np.random.default_rng(62)
X = rng.normal(size=(600, 12)).astype("float32")
old = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype("float32")
new = (X[:, 0] * X[:, 3] + X[:, 4] > 0).astype("float32")
loss = keras.losses.BinaryCrossentropy(from_logits=True)


def compile_with(model, rate):
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")])


base = keras.Sequential([keras.Input((12,)), layers.Dense(48, activation="relu"), layers.Dense(24, activation="relu")], name="base")
source_model = keras.Sequential([keras.Input((12,)), base, layers.Dense(1)])
compile_with(source_model, 5e-3)
source_model.fit(X, old, batch_size=60, epochs=5, verbose=0)

base.trainable = False
inputs = keras.Input((12,))
model = keras.Model(inputs, layers.Dense(1)(layers.Dense(16, activation="relu")(base(inputs, training=False))))
compile_with(model, 5e-3)
first = model.fit(X, new, batch_size=60, epochs=5, verbose=0).history
print("head only:  loss", np.round(first["loss"], 3))

base.trainable = True
second = model.fit(X, new, batch_size=60, epochs=8, verbose=0).history
compile_with(model, 1e-3)
print("fine-tuned: loss", np.round(second["loss"], 3))
print("final", model.evaluate(X, new, verbose=0))
print("trainable parameters:", sum(int(tf.size(w)) for w in model.trainable_weights))
