# fault: none
"""A trainer that counts how often its step is traced, and says so at the end."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
load = rng.normal(size=(96, 3)).astype("float32")
bend = (load @ np.array([[0.5], [-1.0], [0.3]], "float32") + 0.2).astype("float32")


class Trainer:
    def __init__(self):
        self.beam = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)])
        self.optimizer = tf.keras.optimizers.SGD(0.1)
        self.tracings = 0

    @tf.function
    def step(self, x, y):
        self.tracings += 1  # Python runs while the step is traced only, which is what is counted
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.beam(x) - y))
        gradients = tape.gradient(loss, self.beam.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.beam.trainable_variables))
        return loss

    def report(self):
        print(f"{self.tracings} tracings")


trainer = Trainer()
for _ in range(40):
    trainer.step(load, bend)
trainer.report()
