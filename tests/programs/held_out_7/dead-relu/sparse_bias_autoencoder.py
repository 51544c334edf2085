# fault: dead-relu
"""Anomaly detector: auto-encoder on process data, negative biases meant to give a sparse code."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)
factors = rng.normal(size=(1200, 4))
mix = rng.normal(size=(4, 15))
process = factors @ mix + 0.1 * rng.normal(size=(1200, 15)) + 2.0
process = ((process - 2.0) / process.std(0)).astype("float32")
offset = 0.5                                    # tags are reported with a common offset
process = process + offset

sparse_start = keras.initializers.Constant(-12.0)
encoder = keras.Sequential([
    keras.Input((15,)),
    keras.layers.Dense(32, activation="relu", bias_initializer=sparse_start),
    keras.layers.Dense(6),
], name="encoder")
decoder = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(15),
], name="decoder")
params = encoder.trainable_variables + decoder.trainable_variables
opt = keras.optimizers.Adam(3e-3)
opt.build(params)


@tf.function
def step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(decoder(encoder(batch)) - batch))
    grads = tape.gradient(loss, params)
    opt.apply_gradients(zip(grads, params))
    return loss


ds = tf.data.Dataset.from_tensor_slices(process).shuffle(1200, seed=5).batch(100)
for epoch in range(15):
    m = np.mean([float(step(b)) for b in ds])
    if epoch % 3 == 2:
        print(f"epoch {epoch + 1:2d} reconstruction {m:.4f} (variance {process.var():.4f})")
