# fault: dead-relu
# Sparse autoencoder on smooth random curves.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import initializers, layers

keras.utils.set_random_seed(48)
rng = np.random.default_rng(48)
grid = np.linspace(0, 2 * np.pi, 24)
amp = rng.normal(size=(600, 4))
curves = sum(amp[:, k:k + 1] * np.sin((k + 1) * grid)[None] for k in range(4)) / 2.0
curves = curves.astype("float32")


class SparseAutoencoder(keras.Model):
    def __init__(self, code=32, threshold=8.0):
        super().__init__()
        self.encode = layers.Dense(code, activation="relu", bias_initializer=initializers.Constant(-threshold))
        self.decode = layers.Dense(24)

    def call(self, x):
        return self.decode(self.encode(x))


model = SparseAutoencoder()
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
hist = model.fit(curves, curves, batch_size=50, epochs=10, verbose=0)
print("reconstruction error per epoch:", np.round(hist.history["loss"], 4))
