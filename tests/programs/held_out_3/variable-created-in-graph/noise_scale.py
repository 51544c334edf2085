# fault: variable-created-in-graph
# Trains a robust sensor model with noisy inputs, first eagerly for a check and then compiled.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(380)
rng = np.random.default_rng(380)
signal = rng.normal(size=(256, 6)).astype("float32")
value = np.tanh(signal[:, :1] - signal[:, 3:4]).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.01)
optimizer.build(model.trainable_variables)


def train_step(x, y, sigma):
    noise = tf.Variable(tf.zeros_like(x), trainable=False)
    noise.assign(tf.random.normal(tf.shape(x), stddev=sigma))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x + noise, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


def run(step_function, steps):
    for step in range(steps):
        rows = rng.integers(0, 256, 32)
        loss = step_function(tf.constant(signal[rows]), tf.constant(value[rows]), 0.05)
        if step % 5 == 0:
            print("step", step, "loss", float(loss))


run(train_step, 10)
print("looks fine, now compiled")
run(tf.function(train_step), 100)
