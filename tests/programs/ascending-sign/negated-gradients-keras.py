# fault: ascending-sign
"""Subclassed MLP regressor; the update direction is prepared before the optimizer gets it."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
x = rng.uniform(-1, 1, size=(128, 3)).astype("float32")
y = np.sin(3 * x[:, :1]) + x[:, 1:2]


class MLP(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="tanh")
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


mlp = MLP()
mse = keras.losses.MeanSquaredError()
optimizer = keras.optimizers.Adam(learning_rate=0.005)


@tf.function
def descend(inputs, targets):
    with tf.GradientTape() as tape:
        loss = mse(targets, mlp(inputs, training=True))
    gradients = tape.gradient(loss, mlp.trainable_variables)
    direction = [-g for g in gradients]
    optimizer.apply_gradients(zip(direction, mlp.trainable_variables))
    return loss


for step in range(50):
    loss = descend(x, y)
    if step % 10 == 0:
        print("step", step, "mse", float(loss))
