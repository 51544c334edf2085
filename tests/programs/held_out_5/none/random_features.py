# fault: none
"""Random Fourier features: only the readout is fitted."""
import numpy as np
import keras
from keras import layers, ops

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
X = rng.uniform(-1, 1, size=(1000, 2)).astype("float32")
y = (np.sin(3 * X[:, :1]) * np.cos(2 * X[:, 1:])).astype("float32")


class Cosine(layers.Layer):
    def call(self, z):
        return ops.cos(z)


projection = layers.Dense(
    200,
    kernel_initializer=keras.initializers.RandomNormal(stddev=2.0),
    bias_initializer=keras.initializers.RandomUniform(0, 6.283),
    trainable=False,
)
inp = keras.Input((2,))
out = layers.Dense(1, kernel_initializer="zeros")(Cosine()(projection(inp)))
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
h = model.fit(X, y, batch_size=100, epochs=20, verbose=0)
print(np.round(h.history["loss"], 5))
print("fixed", len(model.non_trainable_weights), "fitted", len(model.trainable_weights))
