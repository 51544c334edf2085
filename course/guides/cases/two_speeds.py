"""Half a network stands still: two optimizers in a `tf.function`

A pretrained body should learn slowly and a new head quickly, each with an optimizer of its own. The
loss falls, and the body is as it was.
"""

import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(4)
draw = np.random.default_rng(4)
x = draw.normal(size=(256, 6)).astype("float32")
y = np.tanh(x[:, :1] * x[:, 1:2]).astype("float32")

body = keras.Sequential([keras.Input((6,)), keras.layers.Dense(16, activation="tanh")])
head = keras.Sequential([keras.Input((16,)), keras.layers.Dense(1)])
slow, quick = keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-2)
slow.build(body.trainable_variables)
quick.build(head.trainable_variables)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(body(x))))
    for_body, for_head = tape.gradient(loss, [body.trainable_variables, head.trainable_variables])
    quick.apply_gradients(zip(for_head, head.trainable_variables))
    quick.apply_gradients(zip(for_head, head.trainable_variables))
    return loss


for _ in range(20):
    for batch in range(0, 256, 32):
        step(x[batch : batch + 32], y[batch : batch + 32])
