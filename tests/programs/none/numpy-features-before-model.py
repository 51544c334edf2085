# fault: none
"""Seasonal forecast: the Fourier features of the date are computed with NumPy in every step,
then a tf.Module predicts the temperature."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(213)
rng = np.random.default_rng(213)
day = rng.integers(0, 365, size=400)
temperature = 10 - 8 * np.cos(2 * np.pi * day / 365) + rng.normal(size=400)
scaled = ((temperature - temperature.mean()) / temperature.std()).astype("float32")[:, None]


class Linear(tf.Module):
    def __init__(self, n):
        super().__init__()
        self.w = tf.Variable(tf.zeros([n, 1]), name="w")
        self.b = tf.Variable(tf.zeros([1]), name="b")

    def __call__(self, days):
        phase = 2 * np.pi * days[:, None] / 365
        features = np.hstack([np.sin(phase), np.cos(phase), np.sin(2 * phase), np.cos(2 * phase)])
        return tf.constant(features, tf.float32) @ self.w + self.b


model = Linear(4)
optimizer = tf.keras.optimizers.SGD(0.2)
for step in range(50):
    rows = rng.integers(0, 400, size=64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(day[rows]) - scaled[rows]))
    variables = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if step % 10 == 0:
        print("step", step, "loss", float(loss))
