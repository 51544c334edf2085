# fault: nan-in-unused-branch
# Spectrogram-like features: learned filter bank -> relu -> log compression -> classifier
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(29)
rng = np.random.default_rng(29)
BINS = 24


def spectra(n):
    cls = rng.integers(0, 4, n)
    centre = np.array([4, 9, 14, 19])[cls] + rng.normal(0, 0.7, n)
    s = np.exp(-0.5 * ((np.arange(BINS)[None] - centre[:, None]) / 2.0) ** 2)
    s += 0.15 * rng.normal(size=s.shape)
    return s.astype("float32"), cls


class FilterBank(keras.layers.Layer):
    def __init__(self, n_filters):
        super().__init__()
        self.n_filters = n_filters

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.n_filters), initializer="glorot_uniform", name="bank")

    def call(self, power):
        energy = tf.nn.relu(power @ self.w)
        # silence stays silence (log(0.05) is about -3)
        return tf.where(energy > 0.05, tf.math.log(energy) + 3.0, tf.zeros_like(energy))


model = keras.Sequential([keras.Input((BINS,)), FilterBank(16), keras.layers.Dense(24, activation="tanh"),
                          keras.layers.Dense(4)])
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(3e-3)

x, y = spectra(960)
ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(64).repeat(4)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = ce(yb, model(xb, training=True))
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return loss


for k, (xb, yb) in enumerate(ds):
    loss = train_step(xb, yb)
    if k < 3 or k % 15 == 0:
        print("batch", k, "loss", float(loss))
