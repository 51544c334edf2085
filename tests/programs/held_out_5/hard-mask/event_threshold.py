# fault: hard-mask
"""Learn the rain level above which traffic slows down, together with both speeds."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(61)
rain = rng.uniform(0, 1, 800).astype("float32")
speed = np.where(rain > 0.65, 0.4, 1.2) + 0.05 * rng.normal(size=800)
speed = speed.astype("float32")


class Regime(tf.Module):
    def __init__(self):
        super().__init__()
        self.threshold = tf.Variable(0.3, name="threshold")
        self.dry = tf.Variable(1.0, name="dry")
        self.wet = tf.Variable(1.0, name="wet")

    def __call__(self, r):
        wet = tf.cast(r > self.threshold, tf.float32)
        return wet * self.wet + (1.0 - wet) * self.dry


model = Regime()
optimizer = keras.optimizers.Adam(0.03)
dataset = tf.data.Dataset.from_tensor_slices((rain, speed)).shuffle(800, seed=1).batch(100)

for epoch in range(20):
    losses = []
    for r, s in dataset:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(r) - s) ** 2)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
    if (epoch + 1) % 5 == 0:
        print(epoch + 1, "mse", np.mean(losses), {v.name: round(float(v), 3) for v in model.trainable_variables})
