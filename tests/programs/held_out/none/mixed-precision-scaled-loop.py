# fault: none
"""Half precision network with loss scaling in a custom loop."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(104)
keras.mixed_precision.set_global_policy("mixed_float16")
rng = np.random.default_rng(104)
x = rng.normal(size=(160, 8)).astype("float32")
y = (x[:, 0] - x[:, 1] + 0.5 * x[:, 2] > 0).astype("float32")[:, None]

model = keras.Sequential([
    keras.layers.Input((8,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, dtype="float32"),
])
optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam(0.01))
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(inputs, labels):
    with tf.GradientTape() as tape:
        loss = bce(labels, model(inputs, training=True))
        scaled = optimizer.scale_loss(loss)
    grads = tape.gradient(scaled, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(10):
    for i in range(0, 160, 40):
        loss = train_step(x[i:i + 40], y[i:i + 40])
    print("epoch", epoch, "loss", float(loss))
