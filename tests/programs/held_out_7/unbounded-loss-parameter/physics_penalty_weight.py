# fault: unbounded-loss-parameter
"""Smooth curve fit with a data term and a curvature penalty whose weight is learned as well."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(2)
rng = np.random.default_rng(2)
t = np.linspace(0, 1, 80, dtype=np.float32)
obs = (np.exp(-2 * t) * np.cos(9 * t) + 0.08 * rng.standard_normal(80)).astype(np.float32)

K = 20
centers = np.linspace(0, 1, K, dtype=np.float32)
basis = tf.constant(np.exp(-0.5 * ((t[:, None] - centers[None]) / 0.06) ** 2), tf.float32)

coef = tf.Variable(tf.random.normal((K, 1), stddev=0.05, seed=2), name="coef")
weight = tf.Variable(0.5, name="penalty_weight")
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
optimizer.build([coef, weight])


def roughness(c):
    d2 = c[2:] - 2.0 * c[1:-1] + c[:-2]
    return tf.reduce_mean(tf.square(d2))


@tf.function
def step():
    with tf.GradientTape() as tape:
        fit = tf.reduce_mean(tf.square(tf.squeeze(basis @ coef) - obs))
        rough = roughness(coef)
        objective = fit + weight * rough
    grads = tape.gradient(objective, [coef, weight])
    optimizer.apply_gradients(zip(grads, [coef, weight]))
    return objective, fit, rough


for i in range(800):
    objective, fit, rough = step()
    if i % 100 == 0 or i == 799:
        print(f"{i:4d} objective {float(objective):+.4f} fit {float(fit):.4f} "
              f"roughness {float(rough):.4f} weight {float(weight):+.3f}")
