# fault: none
"""Two optimizers: a slow one for the encoder, a fast one for the head."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(116)
rng = np.random.default_rng(116)
x = rng.normal(size=(160, 6)).astype("float32")
y = (np.tanh(x[:, :1]) + 0.5 * x[:, 1:2]).astype("float32")

encoder = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="tanh")])
head = keras.Sequential([keras.Input((24,)), keras.layers.Dense(1)])
slow = keras.optimizers.Adam(0.004)
fast = keras.optimizers.RMSprop(0.01)


@tf.function
def update(inputs, targets):
    with tf.GradientTape() as tape:
        prediction = head(encoder(inputs, training=True), training=True)
        loss = tf.reduce_mean(tf.square(prediction - targets))
    groups = (encoder.trainable_variables, head.trainable_variables)
    encoder_grads, head_grads = tape.gradient(loss, groups)
    slow.apply_gradients(zip(encoder_grads, groups[0]))
    fast.apply_gradients(zip(head_grads, groups[1]))
    return loss


for epoch in range(10):
    for i in range(0, 160, 40):
        loss = update(x[i:i + 40], y[i:i + 40])
    print("epoch", epoch, "loss", round(float(loss), 4))
