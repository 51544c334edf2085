# fault: log-of-zero
"""Logistic classifier for two well separated groups with a hand-written cross-entropy."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(16)
rng = np.random.default_rng(16)
side = rng.integers(0, 2, size=150)
X = ((2 * side - 1)[:, None] * 1.5 + 0.5 * rng.normal(size=(150, 60))).astype("float32")
y = side.astype("float32")[:, None]

inputs = tf.keras.Input((60,))
probability = tf.keras.layers.Dense(1, activation="sigmoid")(inputs)
model = tf.keras.Model(inputs, probability)
optimizer = tf.keras.optimizers.Adam(0.05)


def cross_entropy(t, p):
    return -tf.reduce_mean(t * tf.math.log(p) + (1.0 - t) * tf.math.log(1.0 - p))


for epoch in range(30):
    with tf.GradientTape() as tape:
        p = model(X, training=True)
        loss = cross_entropy(y, p)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("epoch", epoch, "loss", loss.numpy())
