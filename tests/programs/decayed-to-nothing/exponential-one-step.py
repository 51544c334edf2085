# fault: decayed-to-nothing
"""Regression network with an exponentially decaying learning rate."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
x = rng.normal(size=(128, 6)).astype("float32")
y = (x @ rng.normal(size=(6, 1)) * 1.5 + 1.0).astype("float32")

schedule = tf.keras.optimizers.schedules.ExponentialDecay(
    initial_learning_rate=0.05, decay_steps=1, decay_rate=0.1)
optimizer = tf.keras.optimizers.SGD(schedule)
model = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
mse = tf.keras.losses.MeanSquaredError()

for step in range(25):
    with tf.GradientTape() as tape:
        loss = mse(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if step % 4 == 0:
        print("step", step, "loss", float(loss))
