# fault: not-a-variable
"""Residual regressor: a small dense branch plus a per-feature linear skip connection with its
own weights."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
X = rng.normal(size=(256, 6)).astype("float32")
y = (X @ np.array([[2.0], [-1.0], [0.0], [1.5], [0.5], [-2.0]])
     + np.tanh(X[:, :1])).astype("float32")


class SkipRegressor(tf.keras.Model):
    def __init__(self, n_features):
        super().__init__()
        self.skip_weights = tf.ones([n_features, 1]) * 0.1
        self.hidden = layers.Dense(8, activation="tanh")
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(self.hidden(x)) + tf.matmul(x, self.skip_weights)


model = SkipRegressor(6)
optimizer = tf.keras.optimizers.Adam(0.01)
mse = tf.keras.losses.MeanSquaredError()

for step in range(40):
    rows = rng.integers(0, 256, size=64)
    with tf.GradientTape() as tape:
        loss = mse(y[rows], model(X[rows], training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if step % 10 == 0:
        print("step", step, "loss", loss.numpy())
print("skip weights:", model.skip_weights.numpy().ravel())
