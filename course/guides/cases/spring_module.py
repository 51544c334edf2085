"""A weight that nobody counts: `tf.Module`

A spring with friction is fitted to measured forces. The stiffness is found; the friction stays at
its first guess, and the fit stays poor.
"""

import numpy as np
import tensorflow as tf


class Friction:
    def __init__(self):
        self.coefficient = tf.Variable(0.1, name="friction")

    def __call__(self, speed):
        return self.coefficient * speed


class Spring(tf.Module):
    def __init__(self):
        super().__init__()
        self.stiffness = tf.Variable(1.0, name="stiffness")
        self.friction = Friction()

    def __call__(self, place, speed):
        return -self.stiffness * place - self.friction(speed)


draw = np.random.default_rng(1)
place, speed = draw.normal(size=(2, 128)).astype("float32")
force = -3.0 * place - 0.8 * speed

spring = Spring()
optimizer = tf.keras.optimizers.SGD(0.1)
for _ in range(100):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(force - spring(place, speed)))
    gradients = tape.gradient(loss, spring.trainable_variables)
    optimizer.apply_gradients(zip(gradients, spring.trainable_variables))
