# fault: none
# Poisson regression with a numerically safe link function and a hand-written gradient.
import numpy as np
import tensorflow as tf

tf.random.set_seed(10)
rng = np.random.default_rng(10)
x = rng.normal(size=(500, 4)).astype("float32")
rate = np.log1p(np.exp(x @ np.array([[1.0], [-0.5], [0.3], [0.0]]) + 0.5))
counts = rng.poisson(rate).astype("float32")


@tf.custom_gradient
def link(z):
    value = tf.maximum(z, 0.0) + tf.math.log1p(tf.exp(-tf.abs(z)))

    def grad(upstream):
        return upstream * tf.sigmoid(z)

    return value, grad


class PoissonModel(tf.Module):
    def __init__(self, width):
        super().__init__()
        self.w = tf.Variable(tf.zeros((width, 1)), name="w")
        self.b = tf.Variable(0.0, name="b")

    def __call__(self, x):
        return link(x @ self.w + self.b) + 1e-6


model = PoissonModel(4)
RATE = tf.constant(0.3)


@tf.function
def step():
    with tf.GradientTape() as tape:
        mu = model(x)
        nll = tf.reduce_mean(mu - counts * tf.math.log(mu))
    for v, g in zip(model.trainable_variables, tape.gradient(nll, model.trainable_variables)):
        v.assign_sub(RATE * g)
    return nll


for i in range(60):
    nll = step()
    if i % 10 == 0:
        print(f"iteration {i} nll {float(nll):.4f}")
print("w", model.w.numpy().ravel().round(2), "b", round(float(model.b), 2))
