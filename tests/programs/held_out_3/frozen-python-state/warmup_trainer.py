# fault: frozen-python-state
# Trains a friction model with a compiled step and a linear warm-up of the rate.
import numpy as np
import tensorflow as tf


class Trainer(tf.Module):
    def __init__(self, model, base_rate, warmup_steps):
        super().__init__()
        self.model = model
        self.base_rate = base_rate
        self.warmup_steps = warmup_steps
        self.rate = 0.0

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.model(x, training=True) - y))
        variables = self.model.trainable_variables
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(self.rate * g)
        return loss

    def train(self, x, y, steps, rng):
        for i in range(steps):
            self.rate = self.base_rate * min(1.0, i / self.warmup_steps)
            rows = rng.choice(len(x), 64, replace=False)
            loss = self.step(tf.constant(x[rows]), tf.constant(y[rows]))
            if i % 10 == 0:
                print(f"step {i:3d} rate {self.rate:.3f} loss {float(loss):.4f}")


tf.keras.utils.set_random_seed(390)
rng = np.random.default_rng(390)
speed = rng.normal(size=(400, 3)).astype("float32")
friction = (np.tanh(3 * speed[:, :1]) + 0.2 * speed[:, 1:2]).astype("float32")
net = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(16, activation="tanh"),
                           tf.keras.layers.Dense(1)])
Trainer(net, base_rate=0.2, warmup_steps=10).train(speed, friction, steps=60, rng=rng)
