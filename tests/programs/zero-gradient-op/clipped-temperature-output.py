# fault: zero-gradient-op
"""Predict room temperature in degrees from five sensors; predictions are kept in a fixed range."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(95)
rng = np.random.default_rng(95)
sensors = rng.normal(size=(200, 5)).astype("float32")
temperature = 21.0 + sensors @ np.array([[1.0], [0.5], [0.0], [-0.7], [0.2]])
temperature = temperature.astype("float32")
LOW, HIGH = 0.0, 1.0

w1 = tf.Variable(tf.random.normal([5, 8], stddev=0.4), name="w1")
b1 = tf.Variable(tf.zeros([8]), name="b1")
w2 = tf.Variable(tf.random.normal([8, 1], stddev=0.3), name="w2")
b2 = tf.Variable([20.0], name="b2")
parameters = [w1, b1, w2, b2]


def predict(x):
    hidden = tf.tanh(x @ w1 + b1)
    return tf.clip_by_value(hidden @ w2 + b2, LOW, HIGH)


adam = tf.keras.optimizers.Adam(0.02)
for step in range(50):
    with tf.GradientTape() as tape:
        mse = tf.reduce_mean(tf.square(predict(sensors) - temperature))
    adam.apply_gradients(zip(tape.gradient(mse, parameters), parameters))
    if step % 10 == 0:
        print("step", step, "mse", float(mse))
