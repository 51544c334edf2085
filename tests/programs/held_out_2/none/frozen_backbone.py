# fault: none
# Transfers a pretrained feature extractor to a new label with only the head being trained.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
x = rng.normal(size=(400, 8)).astype("float32")
old = np.stack([np.tanh(x[:, 0] + x[:, 1]), np.tanh(x[:, 2] - x[:, 3]), np.tanh(x[:, 4])], 1).astype("float32")
new = (old[:, 0] - old[:, 1] + 0.5 * old[:, 2] > 0).astype("float32")

extractor = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(32, activation="tanh"),
    layers.Dense(16, activation="tanh"),
], name="extractor")
teacher = keras.Sequential([extractor, layers.Dense(3)])
teacher.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
teacher.fit(x, old, batch_size=50, epochs=8, verbose=0)

extractor.trainable = False
inputs = keras.Input((8,))
student = keras.Model(inputs, layers.Dense(1, name="head")(extractor(inputs, training=False)))
student.compile(optimizer=keras.optimizers.Adam(0.05),
                loss=keras.losses.BinaryCrossentropy(from_logits=True),
                metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")])
log = student.fit(x, new, batch_size=50, epochs=8, verbose=0)
print({k: [round(v, 3) for v in vs] for k, vs in log.history.items()})
