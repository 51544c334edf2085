# fault: unbounded-loss-parameter
"""Sparse autoencoder trained with fit; a small layer adds the sparsity cost and
owns its coefficient, so nobody has to tune it by hand."""
import keras
import numpy as np
from keras import layers, ops

keras.utils.set_random_seed(2)
samples = np.random.default_rng(2).normal(size=(192, 10)).astype("float32")


class SparsityCost(layers.Layer):
    def build(self, input_shape):
        self.beta = self.add_weight(shape=(), initializer="ones", name="beta")

    def call(self, code):
        self.add_loss(self.beta * ops.mean(ops.abs(code)))
        return code


inputs = keras.Input((10,))
code = layers.Dense(16, activation="softplus")(inputs)
code = SparsityCost(name="sparsity")(code)
outputs = layers.Dense(10)(code)
autoencoder = keras.Model(inputs, outputs)
autoencoder.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")

log = autoencoder.fit(samples, samples, batch_size=64, epochs=20, verbose=0)
for epoch in range(0, 20, 4):
    print(epoch, round(log.history["loss"][epoch], 4))
print("final loss", log.history["loss"][-1])
print("beta", float(autoencoder.get_layer("sparsity").beta.numpy()))
