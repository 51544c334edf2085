# fault: unbounded-loss-parameter
"""Sparse regression where the weight of the L1 penalty is tuned together with the model."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(53)
X = rng.normal(size=(300, 20)).astype("float32")
coef = np.zeros(20)
coef[[2, 7, 11]] = [1.5, -2.0, 0.8]
y = (X @ coef + 0.2 * rng.normal(size=300)).astype("float32")


class Lasso(tf.Module):
    def __init__(self, lam=0.05):
        super().__init__()
        self.w = tf.Variable(tf.random.stateless_normal((20,), (1, 2), stddev=0.1), name="w")
        self.b = tf.Variable(0.0, name="b")
        self.lam = tf.Variable(lam, name="lam")

    def objective(self, x, t):
        pred = tf.linalg.matvec(x, self.w) + self.b
        return tf.reduce_mean(tf.square(pred - t)) + self.lam * tf.reduce_sum(tf.abs(self.w))


model = Lasso()
opt = keras.optimizers.Adam(0.02)
X, y = tf.constant(X), tf.constant(y)


@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = model.objective(X, y)
    variables = model.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for i in range(1, 601):
    loss = step()
    if i % 100 == 0:
        print(i, "objective", round(float(loss), 3), "lambda", round(float(model.lam), 3),
              "error", round(float(np.abs(model.w.numpy() - coef).max()), 3))
