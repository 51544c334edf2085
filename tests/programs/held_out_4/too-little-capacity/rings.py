# fault: too-little-capacity
# Inner ring against outer ring: separating two kinds of orbit from their coordinates.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(54)
rng = np.random.default_rng(54)
N = 800
kind = rng.integers(0, 2, N)
radius = np.where(kind == 0, 0.6, 1.4) + rng.normal(0, 0.1, N)
phase = rng.uniform(0, 2 * np.pi, N)
orbits = np.stack([radius * np.cos(phase), radius * np.sin(phase)], 1).astype("float32")
kind = kind.astype("float32")[:, None]


class OrbitClassifier(keras.Model):
    def __init__(self, widths=(32, 32)):
        super().__init__()
        self.blocks = [keras.layers.Dense(w, kernel_regularizer=keras.regularizers.L2(1e-5)) for w in widths]
        self.logit = keras.layers.Dense(1)

    def call(self, inputs):
        h = inputs
        for block in self.blocks:
            h = block(h)
        return self.logit(h)


model = OrbitClassifier()
model.compile(optimizer=keras.optimizers.Adam(5e-3),
              loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")])
stop = keras.callbacks.EarlyStopping(monitor="loss", patience=50)
log = model.fit(orbits, kind, batch_size=50, epochs=15, callbacks=[stop], verbose=0).history
for e in range(0, 15, 3):
    print(f"epoch {e:2d} loss {log['loss'][e]:.4f} acc {log['acc'][e]:.3f}")
