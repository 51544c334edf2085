# fault: integer-variable
# Fits the three coefficients and the base fee of a taxi tariff to recorded trips.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(20)
trips = rng.uniform(0, 2, size=(200, 3)).astype("float32")
fare = trips @ np.array([2.3, 0.6, 1.4], "float32") + 3.2
fare = (fare + rng.normal(scale=0.05, size=200)).astype("float32")

coefficients = tf.Variable([1, 1, 1], name="coefficients")
base_fee = tf.Variable(1.0, name="base_fee")


def predict(km_minutes_bags):
    return tf.linalg.matvec(km_minutes_bags, tf.cast(coefficients, tf.float32)) + base_fee


opt = tf.keras.optimizers.SGD(0.1)
params = [coefficients, base_fee]
for step in range(60):
    rows = rng.integers(0, 200, 50)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(predict(trips[rows]) - fare[rows]))
    gradients = tape.gradient(loss, params)
    opt.apply_gradients(zip(gradients, params))
    if step % 10 == 0:
        print(step, "loss", float(loss), "base", float(base_fee))
print("coefficients:", coefficients.numpy())
