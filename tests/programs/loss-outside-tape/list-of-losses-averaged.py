# fault: loss-outside-tape
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(124)
rng = np.random.default_rng(124)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")
w = tf.Variable(tf.random.normal((4, 1)), name="w")
b = tf.Variable(0.0, name="b")
bce = keras.losses.BinaryCrossentropy(from_logits=True)
for i in range(12):
    losses = []
    with tf.GradientTape() as tape:
        for k in range(0, 128, 32):
            losses.append(bce(y[k:k + 32], x[k:k + 32] @ w + b))
    total = tf.add_n(losses) / len(losses)
    gw, gb = tape.gradient(total, [w, b], unconnected_gradients="zero")
    w.assign_sub(0.5 * gw)
    b.assign_sub(0.5 * gb)
