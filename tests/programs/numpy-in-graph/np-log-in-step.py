# fault: numpy-in-graph
"""Poisson regression of counts; the step is a tf.function."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(57)
rng = np.random.default_rng(57)
X = rng.normal(size=(130, 3)).astype("float32")
counts = rng.poisson(np.exp(X @ [0.4, -0.3, 0.2] + 1.0)).astype("float32")

coef = tf.Variable(tf.zeros(3), name="coef")
const = tf.Variable(0.5, name="const")
adam = tf.keras.optimizers.Adam(0.05)


@tf.function
def step(x, k):
    with tf.GradientTape() as tape:
        rate = tf.exp(tf.linalg.matvec(x, coef) + const)
        nll = tf.reduce_mean(rate - k * np.log(rate))
    grads = tape.gradient(nll, [coef, const])
    adam.apply_gradients(zip(grads, [coef, const]))
    return nll


for i in range(40):
    value = step(X, counts)
    if i % 10 == 0:
        print(i, value.numpy())
