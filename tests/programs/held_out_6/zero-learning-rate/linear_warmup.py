# fault: zero-learning-rate
# mixer-style classifier trained with a warm-up schedule
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(71)


class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, steps):
        self.peak, self.steps = peak, steps

    def __call__(self, step):
        progress = tf.minimum(tf.cast(step, tf.int32) // self.steps, 1)
        return self.peak * tf.cast(progress, tf.float32)

    def get_config(self):
        return {"peak": self.peak, "steps": self.steps}


N, PATCHES, DIM = 640, 6, 8
y = np.random.randint(0, 4, N)
X = np.random.randn(N, PATCHES, DIM).astype("float32")
X[np.arange(N), y, 0] += 2.5

inp = keras.Input((PATCHES, DIM))
h = keras.layers.LayerNormalization()(inp)
h = keras.layers.Permute((2, 1))(h)
h = keras.layers.Dense(PATCHES, activation="gelu")(h)
h = keras.layers.Permute((2, 1))(h)
h = keras.layers.Dense(16, activation="gelu")(h)
h = keras.layers.Flatten()(h)
model = keras.Model(inp, keras.layers.Dense(4)(h))
model.compile(
    optimizer=keras.optimizers.Adam(Warmup(2e-3, 500)),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(X, y, batch_size=32, epochs=8, verbose=2)
