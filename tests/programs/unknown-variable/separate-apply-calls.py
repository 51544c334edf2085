# fault: unknown-variable
"""Encoder/decoder made of raw variables; each half is updated in its own call."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(38)
rng = np.random.default_rng(38)
x = (rng.normal(size=(100, 2)) @ rng.normal(size=(2, 8))).astype("float32")


class Half(tf.Module):
    def __init__(self, n_in, n_out, name):
        super().__init__(name=name)
        self.kernel = tf.Variable(tf.random.normal((n_in, n_out), stddev=0.3), name="kernel")
        self.shift = tf.Variable(tf.zeros(n_out), name="shift")

    def __call__(self, v):
        return v @ self.kernel + self.shift


encoder = Half(8, 3, "encoder")
decoder = Half(3, 8, "decoder")
adam = tf.keras.optimizers.Adam(0.01)

for step in range(40):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(decoder(encoder(x)) - x))
    for part in (encoder, decoder):
        params = part.trainable_variables
        adam.apply_gradients(zip(tape.gradient(loss, params), params))
    del tape
    if step % 10 == 0:
        print(f"{step} {float(loss):.4f}")
