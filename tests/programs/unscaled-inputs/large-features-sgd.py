# fault: unscaled-inputs
"""Predict a rent from surface and distance in their original units, with a linear Keras model."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
surface = rng.uniform(200, 1500, size=120)
distance = rng.uniform(1000, 9000, size=120)
X = np.stack([surface, distance], axis=1).astype("float32")
rent = (2.0 * (surface - 850) / 375 - 1.0 * (distance - 5000) / 2300).astype("float32")[:, None]

model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.01)
for epoch in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(rent - model(X, training=True)))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("epoch", epoch, "loss", float(loss))
