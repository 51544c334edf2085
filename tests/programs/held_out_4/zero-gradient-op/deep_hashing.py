# fault: zero-gradient-op
# Supervised hashing: images are mapped to 16-bit codes from which the class is read.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)
protos = rng.normal(size=(5, 12, 12, 1))
labels = rng.integers(0, 5, 600)
images = (protos[labels] + 1.6 * rng.normal(size=(600, 12, 12, 1))).astype("float32")


class BinaryCode(layers.Layer):
    def __init__(self, bits):
        super().__init__()
        self.projection = layers.Dense(bits)

    def build(self, input_shape):
        self.projection.build(input_shape)

    def call(self, x):
        return tf.sign(self.projection(x))


model = keras.Sequential([
    keras.Input((12, 12, 1)),
    layers.Conv2D(8, 3, strides=2, activation="relu", name="conv"),
    layers.Flatten(),
    BinaryCode(16),
    layers.Dense(5, name="classifier"),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=5e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(images[:500], labels[:500], epochs=10, batch_size=50, validation_data=(images[500:], labels[500:]), verbose=2)
codes = keras.Model(model.inputs, model.layers[-2].output).predict(images[:8], verbose=0)
print(codes.astype(int))
