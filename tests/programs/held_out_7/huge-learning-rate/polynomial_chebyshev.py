# fault: huge-learning-rate
# Least squares on a Chebyshev basis, gradient descent in TensorFlow (physics lab course).
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(15)
n, degree = 300, 9
x = rng.uniform(-1, 1, n)
signal = 1.0 / (1.0 + 12.0 * x ** 2)
y = (signal + 0.02 * rng.normal(size=n)).astype(np.float32)

design = np.polynomial.chebyshev.chebvander(x, degree).astype(np.float32)
A = tf.constant(design)
b = tf.constant(y[:, None])

coef = tf.Variable(tf.zeros((degree + 1, 1)), name="coefficients")
optimizer = tf.keras.optimizers.SGD(learning_rate=1.2)
optimizer.build([coef])


@tf.function
def iterate():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(A @ coef - b))
    (g,) = tape.gradient(loss, [coef])
    optimizer.apply_gradients([(g, coef)])
    return loss, tf.norm(g)


best = np.inf
for it in range(60):
    loss, gnorm = iterate()
    best = min(best, float(loss))
    if it % 6 == 0:
        print(f"iteration {it:3d}  loss {float(loss):.4e}  |grad| {float(gnorm):.3e}")

exact, *_ = np.linalg.lstsq(design, y, rcond=None)
print("best loss", best)
print("exact least squares loss", np.mean((design @ exact - y) ** 2))
print("coefficient error", np.abs(coef.numpy().ravel() - exact).max())
