"""An error function from another library: a loop with a tape

Temperatures are predicted from three readings. The team has its own error function, with a
tolerance, in NumPy. A filter for gradients that are None was added when Keras complained, and since
then the script runs.
"""

import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(5)
draw = np.random.default_rng(5)
readings = draw.normal(size=(256, 3)).astype("float32")
degrees = (readings @ [[4.0], [-2.0], [1.0]] + 20).astype("float32")


def tolerant_error(target, predicted):
    beyond = tf.abs(target - predicted) - 0.5
    return tf.reduce_mean(tf.square(tf.maximum(beyond, 0.0)))


model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.05)
for _ in range(200):
    with tf.GradientTape() as tape:
        loss = tolerant_error(degrees, model(readings))
    gradients = tape.gradient(loss, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
