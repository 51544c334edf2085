# fault: exhausted-zip
"""Dense autoencoder with a two-unit bottleneck; the gradient of the first layer is logged
because I want to see whether it vanishes."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, Input, layers, optimizers

tf.keras.utils.set_random_seed(75)
rng = np.random.default_rng(75)
codes = rng.normal(size=(300, 2))
samples = np.tanh(codes @ rng.normal(size=(2, 9))).astype("float32")

net = Sequential([
    Input((9,)),
    layers.Dense(8, activation="tanh", name="encode"),
    layers.Dense(2, name="code"),
    layers.Dense(8, activation="tanh", name="decode"),
    layers.Dense(9, name="restore"),
])
opt = optimizers.Adam(0.01)
first_layer_log = []


def step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(batch, training=True) - batch) ** 2)
    pairs = zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables)
    first_grad, _ = next(pairs)
    first_layer_log.append(float(tf.reduce_mean(tf.abs(first_grad))))
    opt.apply_gradients(pairs)
    return float(loss)


for epoch in range(5):
    losses = [step(b) for b in np.split(rng.permutation(samples), 5)]
    print(f"epoch {epoch}: loss {np.mean(losses):.4f}, first layer {first_layer_log[-1]:.5f}")
