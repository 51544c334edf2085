# fault: optimizer-rebuilt-each-step
"""Functional regression model, trained batch by batch in an eager loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, optimizers

tf.keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
x = rng.normal(size=(96, 5)).astype("float32")
y = (x @ rng.normal(size=(5, 2))).astype("float32")

i = layers.Input((5,))
o = layers.Dense(2)(layers.Dense(16, activation="gelu")(i))
model = tf.keras.Model(i, o)


def train_on(batch_x, batch_y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(batch_x, training=True) - batch_y) ** 2)
    optimizer = optimizers.Adam(learning_rate=0.02)
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    return float(loss)


for epoch in range(8):
    losses = [train_on(x[k:k + 32], y[k:k + 32]) for k in (0, 32, 64)]
    print(f"epoch {epoch} mean loss {np.mean(losses):.4f}")
