# fault: untracked-variable
# Reads a ten-step sensor window with learned weights per position and predicts the next load.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(31)
rng = np.random.default_rng(31)
windows = rng.normal(size=(512, 10, 3)).astype("float32")
kernel = np.array([0, 0, 2.0, 0, 0, 0, -1.5, 0, 0, 1.0])
load = np.einsum("btc,t->bc", windows, kernel)[:, :1].astype("float32")


class PositionPool(keras.layers.Layer):
    """Weighted sum over the time axis."""

    def build(self, input_shape):
        steps = input_shape[1]
        self.position_weights = tf.Variable(
            tf.random.normal((steps, 1), stddev=0.3, seed=1), trainable=True, name="position_weights")

    def call(self, inputs):
        return tf.reduce_sum(inputs * self.position_weights, axis=1)


model = keras.Sequential([
    keras.Input((10, 3)),
    PositionPool(),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
history = model.fit(windows, load, epochs=8, batch_size=64, verbose=0)
for e, (l, m) in enumerate(zip(history.history["loss"], history.history["mae"]), 1):
    print(f"epoch {e}: loss {l:.3f} mae {m:.3f}")
