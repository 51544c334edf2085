# fault: none
"""Hand-written SGD with momentum through assign operations, no optimizer object, for a Keras
model."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(215)
rng = np.random.default_rng(215)
x = rng.normal(size=(256, 4)).astype("float32")
y = (np.abs(x[:, :1]) - 0.5 * x[:, 1:2]).astype("float32")

model = keras.Sequential([
    keras.Input((4,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
velocity = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in model.trainable_variables]
LEARNING_RATE, MOMENTUM = 0.03, 0.8


def sgd_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
    grads = tape.gradient(loss, model.trainable_variables)
    for v, m, g in zip(model.trainable_variables, velocity, grads):
        m.assign(MOMENTUM * m + g)
        v.assign_sub(LEARNING_RATE * m)
    return loss


for step in range(60):
    rows = rng.permutation(256)[:64]
    loss = sgd_step(x[rows], y[rows])
    if step % 10 == 0:
        print("step", step, "loss", round(float(loss), 4))
