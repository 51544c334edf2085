# fault: update-outside-graph
"""Linear regression with a hand-written momentum method in a compiled step."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(59)
rng = np.random.default_rng(59)
A = (rng.normal(size=(100, 4)) * [1.0, 0.7, 0.4, 0.2]).astype("float32")
target = (A @ [1.0, -2.0, 3.0, -4.0] + 0.5).astype("float32")


class MomentumTrainer:
    def __init__(self, variables, rate, momentum):
        self.variables = variables
        self.rate = rate
        self.momentum = momentum
        self.velocity = [tf.zeros_like(v) for v in variables]

    @tf.function
    def step(self, a, t):
        w, b = self.variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.linalg.matvec(a, w) + b - t))
        for i, g in enumerate(tape.gradient(loss, self.variables)):
            self.velocity[i] = self.momentum * self.velocity[i] + g
            self.variables[i].assign_sub(self.rate * self.velocity[i])
        return loss


weights = [tf.Variable(tf.zeros(4), name="w"), tf.Variable(0.0, name="b")]
trainer = MomentumTrainer(weights, rate=0.02, momentum=0.9)
for k in range(60):
    loss = trainer.step(A, target)
    if k % 12 == 0:
        print("step", k, "loss", loss.numpy())
print([v.numpy() for v in weights])
