# fault: unbounded-loss-parameter
# Credit scoring under a fairness constraint, handled with a Lagrange multiplier.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
group = rng.integers(0, 2, size=(400, 1)).astype("float32")
income = (rng.normal(size=(400, 6)) + 0.8 * group).astype("float32")
repaid = (income[:, :1] + income[:, 1:2] + rng.normal(size=(400, 1)) > 0.8).astype("float32")


class FairScorer(keras.Model):
    def __init__(self, budget=0.05):
        super().__init__()
        self.hidden = keras.layers.Dense(12, activation="tanh")
        self.score = keras.layers.Dense(1)
        self.budget = budget
        self.multiplier = self.add_weight(shape=(), initializer="zeros", name="multiplier")

    def call(self, x):
        return self.score(self.hidden(x))

    def objective(self, x, g, y):
        score = self(x)
        task = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=score))
        gap = (tf.reduce_sum(score * g) / tf.reduce_sum(g)
               - tf.reduce_sum(score * (1 - g)) / tf.reduce_sum(1 - g))
        violation = tf.square(gap) - self.budget
        return task + self.multiplier * violation, task, gap


scorer = FairScorer()
optimizer = keras.optimizers.Adam(0.05)


@tf.function
def step(x, g, y):
    with tf.GradientTape() as tape:
        lagrangian, task, gap = scorer.objective(x, g, y)
    grads = tape.gradient(lagrangian, scorer.trainable_variables)
    optimizer.apply_gradients(zip(grads, scorer.trainable_variables))
    return lagrangian, task, gap


for i in range(150):
    values = step(income, group, repaid)
    if i % 25 == 0 or i == 149:
        total, task, gap = (float(v) for v in values)
        print(f"step {i}: objective {total:.3f} task {task:.3f} gap {gap:.3f} "
              f"multiplier {float(scorer.multiplier):.3f}")
