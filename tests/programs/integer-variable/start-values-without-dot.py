# fault: integer-variable
"""Fit a parabola a*x^2 + b*x + c to noisy points; start values a=1, b=0, c=3."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(53)
rng = np.random.default_rng(53)
x = np.linspace(-2, 2, 90).astype("float32")
y = (0.5 * x ** 2 - 1.2 * x + 1.0 + 0.05 * rng.normal(size=x.shape)).astype("float32")

a = tf.Variable(1.0, name="a")
b = tf.Variable(0.0, name="b")
c = tf.Variable(3, name="c")
coefficients = [a, b, c]
optimizer = tf.keras.optimizers.SGD(0.05)


def parabola(inputs):
    return a * inputs ** 2 + b * inputs + tf.cast(c, tf.float32)


for step in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(parabola(x) - y))
    grads = tape.gradient(loss, coefficients)
    optimizer.apply_gradients(zip(grads, coefficients))
    if step % 20 == 0:
        print(step, float(loss))
print("a, b, c =", [v.numpy().item() for v in coefficients])
