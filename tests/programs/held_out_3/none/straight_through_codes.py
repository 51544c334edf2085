# fault: none
# Autoencoder with a rounded bottleneck that lets the gradient pass straight through.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(503)
rng = np.random.default_rng(503)
factors = rng.uniform(-1, 1, size=(400, 2))
data = np.tanh(factors @ rng.normal(size=(2, 8)) * 1.2).astype("float32")


def quantise(z, levels=8.0):
    rounded = tf.round(z * levels) / levels
    return z + tf.stop_gradient(rounded - z)


inputs = tf.keras.Input((8,))
h = tf.keras.layers.Dense(16, activation="tanh")(inputs)
code = tf.keras.layers.Dense(2, activation="tanh")(h)
code = tf.keras.layers.Lambda(quantise)(code)
h = tf.keras.layers.Dense(16, activation="tanh")(code)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(8)(h))
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - x))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for i in range(120):
    loss = step(tf.constant(data[rng.choice(400, 80, replace=False)]))
    if i % 20 == 0:
        print("step", i, "loss", float(loss))
