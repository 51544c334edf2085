# fault: missing-training-flag
"""Subclassed regressor with batch normalisation, plain compile and fit."""
import keras
import numpy as np

keras.utils.set_random_seed(93)
rng = np.random.default_rng(93)
x = (3.0 * rng.normal(size=(200, 6)) + 2.0).astype("float32")
y = (np.sin(x[:, :1]) + 0.3 * x[:, 1:2]).astype("float32")


class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = keras.layers.Dense(units, use_bias=False)
        self.norm = keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=False):
        return keras.ops.relu(self.norm(self.dense(inputs), training=training))


class Regressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(20), Block(20)]
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        for block in self.blocks:
            inputs = block(inputs)
        return self.out(inputs)


regressor = Regressor()
regressor.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
history = regressor.fit(x, y, batch_size=40, epochs=6, verbose=0)
print("loss", np.round(history.history["loss"], 4))
print("running mean", regressor.blocks[0].norm.moving_mean.numpy()[:4])
