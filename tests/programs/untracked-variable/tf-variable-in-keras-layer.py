# fault: untracked-variable
"""Learnable Swish: the activation x * sigmoid(beta * x) with one beta per unit, in a
Sequential model."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(20)


class LearnableSwish(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.beta = tf.Variable(tf.ones([units]), trainable=True, name="beta")

    def call(self, inputs):
        return inputs * tf.sigmoid(self.beta * inputs)


rng = np.random.default_rng(20)
x = rng.normal(size=(400, 5)).astype("float32")
y = (np.abs(x[:, 0]) + x[:, 1] > 0.8).astype("float32")

swish = LearnableSwish(16)
model = keras.Sequential([
    keras.layers.Dense(16),
    swish,
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01),
              loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=8, batch_size=40, verbose=2)
print("beta after training:", swish.beta.numpy())
