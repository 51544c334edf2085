# fault: frozen-variable
"""Fit y = amplitude * sin(frequency * t + phase) to a measured oscillation with Adam."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(40)
rng = np.random.default_rng(40)
t = np.linspace(0, 4, 120).astype("float32")
signal = 2.0 * np.sin(1.6 * t + 0.4) + 0.05 * rng.normal(size=t.shape)
signal = signal.astype("float32")


class Oscillation(tf.Module):
    def __init__(self):
        super().__init__()
        self.amplitude = tf.Variable(1.0, name="amplitude")
        self.frequency = tf.Variable(1.3, trainable=False, name="frequency")
        self.phase = tf.Variable(0.0, name="phase")

    def __call__(self, time):
        return self.amplitude * tf.sin(self.frequency * time + self.phase)


model = Oscillation()
learn = tf.keras.optimizers.Adam(0.05)
theta = [model.amplitude, model.frequency, model.phase]

for i in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(t) - signal))
    g = tape.gradient(loss, theta)
    learn.apply_gradients(zip(g, theta))
    if i % 20 == 0:
        print(i, float(loss))
print("amplitude %.3f frequency %.3f phase %.3f" % tuple(float(v) for v in theta))
