# fault: variable-created-in-graph
# Sequence tagging with a GRU cell unrolled inside a compiled training step.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(55)
rng = np.random.default_rng(55)
BATCH, T, UNITS = 32, 10, 16
bits = rng.integers(0, 2, (640, T))
parity = (np.cumsum(bits, axis=1) % 2).astype("float32")[..., None]
bits = bits.astype("float32")[..., None]

cell = keras.layers.GRUCell(UNITS)
cell.build((BATCH, 1))
readout = keras.layers.Dense(1)
readout.build((BATCH, UNITS))
optimizer = keras.optimizers.Adam(1e-2)
weights = cell.trainable_variables + readout.trainable_variables
optimizer.build(weights)


@tf.function
def train_step(x, y):
    hidden = tf.Variable(tf.zeros((BATCH, UNITS)), trainable=False)
    with tf.GradientTape() as tape:
        loss = 0.0
        h = tf.convert_to_tensor(hidden)
        for t in range(T):
            h, _ = cell(x[:, t], [h])
            loss += tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y[:, t], logits=readout(h)))
        loss /= T
    grads = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(grads, weights))
    hidden.assign(h)
    return loss


data = tf.data.Dataset.from_tensor_slices((bits, parity)).batch(BATCH, drop_remainder=True).repeat(3)
for i, (x, y) in enumerate(data):
    loss = train_step(x, y)
    if i % 10 == 0:
        print(i, float(loss))
