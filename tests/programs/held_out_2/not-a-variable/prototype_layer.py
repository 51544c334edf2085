# fault: not-a-variable
# Assigns flower measurements to species through distances to learned prototypes.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(13)
rng = np.random.default_rng(13)
SPECIES = 3
centre = rng.normal(0, 1.5, size=(SPECIES, 4))
species = rng.integers(0, SPECIES, 240)
flowers = (centre[species] + 0.6 * rng.normal(size=(240, 4))).astype("float32")


class PrototypeDistance(layers.Layer):
    def __init__(self, count, initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.count = count
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        self.prototypes = self.initializer((self.count, input_shape[-1]))
        self.sharpness = self.add_weight(shape=(), initializer="ones", name="sharpness")

    def call(self, x):
        gap = tf.expand_dims(x, 1) - self.prototypes
        return -self.sharpness * tf.reduce_sum(tf.square(gap), axis=-1)


model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(5),
    PrototypeDistance(SPECIES),
])
model.compile(optimizer=keras.optimizers.Adam(0.02),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=["accuracy"])
run = model.fit(flowers, species, epochs=6, batch_size=48, verbose=0)
print({name: [round(v, 3) for v in values] for name, values in run.history.items()})
