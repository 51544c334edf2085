# fault: nan-in-unused-branch
# Recovers surface colours from rendered pixels; the renderer ends with the sRGB curve.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(34)
rng = np.random.default_rng(34)


def srgb(linear):
    """Linear light to display values (IEC 61966-2-1)."""
    return tf.where(linear <= 0.0031308,
                    12.92 * linear,
                    1.055 * tf.pow(linear, 1.0 / 2.4) - 0.055)


position = rng.uniform(-1, 1, size=(300, 3)).astype("float32")
light = np.clip(np.sin(position @ rng.normal(size=(3, 3))) * 0.6 + 0.2, 0, 1).astype("float32")
photo = srgb(np.maximum(light, 1e-6)).numpy()

field = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(32, activation="gelu"),
    keras.layers.Dense(32, activation="gelu"),
    keras.layers.Dense(3, bias_initializer=keras.initializers.Constant(0.3)),
])
optimizer = keras.optimizers.Adam(5e-3)
pixels = tf.data.Dataset.from_tensor_slices((position, photo)).repeat(12).shuffle(300, seed=1).batch(60)

for step, (p, target) in enumerate(pixels):
    with tf.GradientTape() as tape:
        rendered = srgb(field(p, training=True))
        loss = tf.reduce_mean(tf.abs(rendered - target))
    grads = tape.gradient(loss, field.trainable_variables)
    optimizer.apply_gradients(zip(grads, field.trainable_variables))
    if step % 10 == 0:
        print("step", step, "pixel error", float(loss))
