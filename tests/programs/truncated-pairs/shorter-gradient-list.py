# fault: truncated-pairs
"""Radial-basis regression with raw variables: centres, widths, weights and an offset, updated
in turn."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(71)
rng = np.random.default_rng(71)
x = rng.uniform(-3, 3, size=(150, 1)).astype("float32")
y = (np.cos(x) + 5.0 + 0.05 * rng.normal(size=x.shape)).astype("float32")

centres = tf.Variable(np.linspace(-3, 3, 6).reshape(1, 6), dtype=tf.float32, name="centres")
log_width = tf.Variable(tf.zeros([1, 6]), name="log_width")
weights = tf.Variable(tf.random.normal([6, 1], stddev=0.3), name="weights")
offset = tf.Variable(tf.zeros([1]), name="offset")
model_parameters = [centres, log_width, weights, offset]
shape_parameters = model_parameters[:3]


@tf.function
def rbf(inputs):
    phi = tf.exp(-tf.square((inputs - centres) / tf.exp(log_width)))
    return phi @ weights + offset


optimizer = tf.keras.optimizers.Adam(0.02)
for step in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(rbf(x) - y))
    grads = tape.gradient(loss, shape_parameters)
    optimizer.apply_gradients(zip(grads, model_parameters))
    if step % 15 == 0:
        print("step", step, "mse", round(float(loss), 4), "offset", offset.numpy())
