# fault: py-function-barrier
"""Calibrate a small pharmacokinetic curve: dose * gain * exp(-rate * t) + offset.
The curve lives in a Python function called through tf.py_function."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(31)
rng = np.random.default_rng(31)
t = tf.constant(np.linspace(0.0, 4.0, 60), tf.float32)
noise = 0.02 * rng.normal(size=60)
observed = tf.constant(2.5 * np.exp(-0.8 * t.numpy()) + 0.3 + noise, tf.float32)

gain = tf.Variable(1.0, name="gain")
rate = tf.Variable(0.2, name="rate")
offset = tf.Variable(0.0, name="offset")
parameters = [gain, rate, offset]


def decay(times):
    return gain * tf.exp(-rate * times)


optimizer = tf.keras.optimizers.Adam(learning_rate=0.05)


@tf.function
def fit_step():
    with tf.GradientTape() as tape:
        curve = tf.py_function(func=decay, inp=[t], Tout=tf.float32)
        curve = tf.ensure_shape(curve, [60])
        loss = tf.reduce_mean(tf.square(curve + offset - observed))
    grads = tape.gradient(loss, parameters)
    optimizer.apply_gradients(zip(grads, parameters))
    return loss


for i in range(60):
    loss = fit_step()
    if i % 20 == 0:
        print("iteration", i, "loss", float(loss))
print({p.name: round(float(p), 3) for p in parameters})
