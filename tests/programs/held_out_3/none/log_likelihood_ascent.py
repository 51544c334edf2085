# fault: none
# Fits a normal distribution to measured lifetimes by climbing the summed log-likelihood.
import math
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(516)
lifetimes = rng.normal(loc=2.4, scale=0.6, size=500).astype("float32")
location = tf.Variable(0.0, name="location")
log_scale = tf.Variable(0.0, name="log_scale")
RATE = 0.1


def log_likelihood(values):
    z = (values - location) / tf.exp(log_scale)
    return tf.reduce_sum(-0.5 * tf.square(z) - log_scale - 0.5 * math.log(2 * math.pi))


for step in range(100):
    batch = rng.choice(lifetimes, 100, replace=False)
    with tf.GradientTape() as tape:
        objective = log_likelihood(batch)
    d_location, d_log_scale = tape.gradient(objective, [location, log_scale])
    location.assign_add(RATE * d_location / len(batch))
    log_scale.assign_add(RATE * d_log_scale / len(batch))
    if step % 10 == 0:
        print(f"step {step} log-likelihood {float(objective):.1f} location {float(location):.3f} "
              f"scale {math.exp(float(log_scale)):.3f}")
