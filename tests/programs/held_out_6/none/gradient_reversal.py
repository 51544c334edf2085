# fault: none
# domain-adversarial training through a gradient-reversal layer (custom gradient)
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(115)


@tf.custom_gradient
def reverse(x):
    def grad(dy):
        return -0.3 * dy
    return tf.identity(x), grad


class Reversal(keras.layers.Layer):
    def call(self, x):
        return reverse(x)


N = 800
label = np.random.randint(0, 2, N)
domain = np.random.randint(0, 2, N)
X = np.random.randn(N, 8)
X[:, 0] += 2 * label - 1
X[:, 1] += 1.5 * label
X[:, 2] += 2 * domain - 1
X = X.astype("float32")

inp = keras.Input((8,))
h = keras.layers.Dense(24, activation="relu")(inp)
h = keras.layers.Dense(12, activation="relu")(h)
cls = keras.layers.Dense(1, name="label")(h)
dom = keras.layers.Dense(1, name="domain")(keras.layers.Dense(12, activation="relu")(Reversal()(h)))
model = keras.Model(inp, {"label": cls, "domain": dom})
bce = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(3e-3), loss={"label": bce, "domain": keras.losses.BinaryCrossentropy(from_logits=True)})
h = model.fit(X, {"label": label[:, None].astype("float32"), "domain": domain[:, None].astype("float32")}, epochs=6, batch_size=50, verbose=0)
for k, v in h.history.items():
    print(k, [round(a, 3) for a in v])
