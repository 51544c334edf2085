# fault: none
# Poisson regression of accident counts with the deviance, where zero counts need care.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(508)
roads = rng.normal(size=(400, 4)).astype("float32")
counts = rng.poisson(np.exp(0.5 * roads[:, 0] - 0.8 * roads[:, 1])).astype("float32")
w = tf.Variable(tf.zeros((4,)), name="w")
b = tf.Variable(0.0, name="b")
opt = tf.keras.optimizers.SGD(0.1)


def deviance(y, rate):
    safe_y = tf.where(y > 0, y, tf.ones_like(y))
    term = tf.where(y > 0, y * tf.math.log(safe_y / rate), tf.zeros_like(y))
    return 2.0 * tf.reduce_mean(term - (y - rate))


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        rate = tf.exp(tf.linalg.matvec(x, w) + b)
        loss = deviance(y, rate)
    opt.apply_gradients(zip(tape.gradient(loss, [w, b]), [w, b]))
    return loss


for i in range(80):
    rows = rng.integers(0, 400, 100)
    loss = step(tf.constant(roads[rows]), tf.constant(counts[rows]))
    if i % 10 == 0:
        print("step", i, "deviance", float(loss))
print("coefficients", w.numpy().round(2), float(b))
