# fault: vanishing-gradient
# Deep narrow tanh network for wave heights, initialised like a language model.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(40)
rng = np.random.default_rng(40)
buoy = rng.normal(size=(320, 6)).astype("float32")
height = (buoy @ rng.normal(size=(6, 1)) * 0.6 + 0.8).astype("float32")

INIT = keras.initializers.TruncatedNormal(stddev=0.02, seed=40)
WIDTH, DEPTH = 16, 7


class WaveNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [layers.Dense(WIDTH, activation="tanh", kernel_initializer=INIT, name=f"block_{i}")
                       for i in range(DEPTH)]
        self.out = layers.Dense(1, kernel_initializer=INIT, name="out")

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.out(x)


model = WaveNet()
model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss="mse")
log = model.fit(buoy, height, batch_size=32, epochs=8, verbose=0)
print("mse", [round(v, 4) for v in log.history["loss"]])
print("variance of the target", round(float(height.var()), 4))
