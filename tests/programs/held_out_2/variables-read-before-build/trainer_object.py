# fault: variables-read-before-build
# Trains an encoder with a small decision head through a reusable trainer class.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(9)


def build_encoder(dim):
    inp = keras.Input((dim,))
    h = keras.layers.Dense(16, activation="tanh")(inp)
    return keras.Model(inp, keras.layers.LayerNormalization()(h), name="encoder")


def build_head(classes):
    return keras.Sequential([
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(classes),
    ], name="head")


class Trainer:
    def __init__(self, encoder, head, learning_rate=3e-3):
        self.encoder, self.head = encoder, head
        self.params = encoder.trainable_variables + head.trainable_variables
        self.optimizer = keras.optimizers.Nadam(learning_rate)
        self.loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def step(self, x, y):
        with tf.GradientTape() as tape:
            logits = self.head(self.encoder(x, training=True), training=True)
            value = self.loss(y, logits)
        grads = tape.gradient(value, self.params)
        self.optimizer.apply_gradients(zip(grads, self.params))
        return float(value)

    def run(self, data, epochs):
        return [np.mean([self.step(x, y) for x, y in data]) for _ in range(epochs)]


rng = np.random.default_rng(9)
x = rng.normal(size=(300, 7)).astype("float32")
y = (x[:, 0] > 0).astype("int64") + (x[:, 1] > 0.5)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(50)
trainer = Trainer(build_encoder(7), build_head(3))
print("loss per epoch", np.round(trainer.run(data, 5), 4))
