# fault: huge-learning-rate
# Fits a cubic polynomial to measured pendulum periods by gradient descent.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(210)
angle = np.linspace(-1, 1, 120)
period = 2.0 + 0.5 * angle ** 2 - 0.3 * angle ** 3 + rng.normal(scale=0.02, size=120)
design = np.stack([np.ones(120), angle, angle ** 2, angle ** 3], axis=1).astype("float32")
period = period.astype("float32")

coef = tf.Variable(tf.zeros(4), name="coef")
optimizer = tf.keras.optimizers.SGD(learning_rate=1.8)


@tf.function
def descend():
    with tf.GradientTape() as tape:
        residual = tf.linalg.matvec(design, coef) - period
        loss = tf.reduce_mean(tf.square(residual))
    gradient = tape.gradient(loss, coef)
    optimizer.apply_gradients([(gradient, coef)])
    return loss


for i in range(50):
    value = descend()
    if i % 5 == 0:
        print("iteration", i, "loss", float(value), "coef", coef.numpy().round(2))
