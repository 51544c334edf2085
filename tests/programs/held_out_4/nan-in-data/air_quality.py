# fault: nan-in-data
# Air-quality forecast from hourly sensor readings; hours without a reference value are left out of the loss.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Model, layers, optimizers

tf.keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)
hours = np.arange(1500)
cycle = np.sin(2 * np.pi * hours / 24)
sensors = np.stack([cycle + 0.2 * rng.normal(size=1500), np.roll(cycle, 3) + 0.2 * rng.normal(size=1500),
                    20 + 5 * rng.normal(size=1500)], axis=1)
ozone = 0.7 * np.roll(cycle, 2) + 0.1 * (sensors[:, 2] - 20) / 5
sensors[rng.random(1500) < 0.02, 1] = np.nan
ozone[rng.random(1500) < 0.05] = np.nan

mean, std = np.nanmean(sensors, axis=0), np.nanstd(sensors, axis=0)
x = ((sensors - mean) / std).astype("float32")
y = ozone.astype("float32")

inp = Input((3,))
h = layers.Dense(24, activation="relu")(inp)
h = layers.Dense(24, activation="relu")(h)
model = Model(inp, layers.Dense(1)(h))
optimizer = optimizers.Adam(3e-3)


@tf.function
def step(xb, yb):
    valid = tf.logical_not(tf.math.is_nan(yb))
    with tf.GradientTape() as tape:
        pred = model(xb, training=True)[:, 0]
        error = tf.boolean_mask(pred, valid) - tf.boolean_mask(yb, valid)
        loss = tf.reduce_mean(tf.square(error))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1500, seed=5).batch(100)
for epoch in range(8):
    print(f"epoch {epoch} mse {np.mean([step(a, b).numpy() for a, b in ds]):.4f}")
