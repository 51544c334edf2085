# fault: none
"""Train, prune 60 % of the kernels by magnitude, go on training with the masks re-applied."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(217)
rng = np.random.default_rng(217)
x = rng.normal(size=(1000, 12)).astype("float32")
y = np.stack([x[:, 0] * x[:, 1], np.maximum(x[:, 2], x[:, 3])], 1)
y = ((y - y.mean(0)) / y.std(0)).astype("float32")

net = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(2),
])
opt = keras.optimizers.Adam(4e-3)
kernels = [l.kernel for l in net.layers]
masks = [tf.Variable(tf.ones(k.shape), trainable=False, name=f"mask_{i}") for i, k in enumerate(kernels)]


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(xb, training=True) - yb) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    for k, m in zip(kernels, masks):
        k.assign(k * m)
    return loss


def prune(share):
    for k, m in zip(kernels, masks):
        limit = np.quantile(np.abs(k.numpy()), share)
        m.assign((np.abs(k.numpy()) > limit).astype("float32"))
        k.assign(k * m)


def run(epochs, tag):
    for e in range(epochs):
        perm = rng.permutation(1000)
        losses = [float(train_step(x[p], y[p])) for p in np.split(perm, 20)]
        if e % 3 == 2:
            alive = np.mean([float(tf.reduce_mean(tf.cast(k != 0, tf.float32))) for k in kernels])
            print(f"{tag} epoch {e + 1} mse {np.mean(losses):.4f} kept {alive:.2f}")


run(9, "dense ")
prune(0.6)
run(6, "pruned")
