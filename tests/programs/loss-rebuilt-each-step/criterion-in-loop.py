# fault: loss-rebuilt-each-step
"""Regression with a learned observation noise, network and loss trained by one Adam."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
x = rng.uniform(-2, 2, size=(128, 3)).astype("float32")
y = (np.sin(x).sum(axis=1, keepdims=True) + 0.3 * rng.normal(size=(128, 1))).astype("float32")


class NoiseAwareLoss(keras.losses.Loss):
    def __init__(self):
        super().__init__()
        self.s = keras.Variable(0.0, name="log_noise")

    def call(self, y_true, y_pred):
        return tf.exp(-self.s) * tf.square(y_true - y_pred) + self.s


model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(32, "tanh"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)

for epoch in range(30):
    with tf.GradientTape() as tape:
        criterion = NoiseAwareLoss()
        loss = criterion(y, model(x, training=True))
    variables = model.trainable_variables + [criterion.s]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    print("epoch", epoch, "loss", float(loss))
