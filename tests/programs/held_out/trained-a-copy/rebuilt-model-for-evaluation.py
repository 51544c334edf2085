# fault: trained-a-copy
"""k-fold style experiment: build_model() is called for training and the network of the experiment
is evaluated on the held-out part."""
import copy

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model

tf.keras.utils.set_random_seed(89)


class Experiment:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.x = self.rng.normal(size=(300, 4)).astype("float32")
        self.y = (self.x[:, 0] + self.x[:, 1] ** 2 > 0.8).astype("int32")
        self.network = self.build_model()
        self.loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @staticmethod
    def build_model():
        inp = layers.Input((4,))
        hidden = layers.Dense(20, activation="relu")(inp)
        return Model(inp, layers.Dense(2)(hidden))

    def train(self, steps):
        network = copy.deepcopy(self.network)
        optimizer = tf.keras.optimizers.Adam(0.02)
        for step in range(steps):
            rows = self.rng.integers(0, 200, size=50)
            with tf.GradientTape() as tape:
                value = self.loss(self.y[rows], network(self.x[rows], training=True))
            gradients = tape.gradient(value, network.trainable_weights)
            optimizer.apply_gradients(zip(gradients, network.trainable_weights))
            if step % 10 == 0:
                print("step", step, "loss", float(value))

    def evaluate(self):
        guess = np.argmax(self.network(self.x[200:]), axis=1)
        return np.mean(guess == self.y[200:])


experiment = Experiment(seed=89)
print("accuracy before:", experiment.evaluate())
experiment.train(steps=40)
print("accuracy after:", experiment.evaluate())
