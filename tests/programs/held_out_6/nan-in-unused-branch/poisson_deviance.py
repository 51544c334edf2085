# fault: nan-in-unused-branch
# claim counts: Poisson deviance regression with an embedded region
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(82)
N, R = 1500, 12
region = np.random.randint(0, R, N)
x = np.random.randn(N, 4).astype("float32")
rate = np.exp(-0.5 + x @ np.array([0.4, -0.3, 0.2, 0.0]) + np.random.randn(R)[region] * 0.4)
claims = np.random.poisson(rate).astype("float32")[:, None]


def poisson_deviance(y, mu):
    ratio = tf.where(y > 0, y * tf.math.log(y / mu), tf.zeros_like(y))
    return 2.0 * tf.reduce_mean(ratio - (y - mu))


region_in = keras.Input((), dtype="int32")
x_in = keras.Input((4,))
h = keras.layers.Concatenate()([keras.layers.Embedding(R, 4)(region_in), x_in])
h = keras.layers.Dense(24, activation="relu")(h)
mu = keras.layers.Dense(1, activation="exponential")(h)
glm = keras.Model([region_in, x_in], mu)
glm.compile(optimizer=keras.optimizers.Adam(2e-3), loss=poisson_deviance)
log = glm.fit([region, x], claims, batch_size=100, epochs=4, verbose=0)
print(log.history["loss"])
