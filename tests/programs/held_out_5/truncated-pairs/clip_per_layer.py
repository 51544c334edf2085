# fault: truncated-pairs
import numpy as np
import tensorflow as tf
import keras
from keras import layers

rng = np.random.default_rng(23)
keras.utils.set_random_seed(23)

theta = rng.uniform(0, 2 * np.pi, 900)
cls = rng.integers(0, 3, 900)
radius = 1 + cls + 0.15 * rng.normal(size=900)
pts = np.stack([radius * np.cos(theta), radius * np.sin(theta)], 1).astype("float32") / 2

net = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(3),
])
sgd = keras.optimizers.SGD(0.05, momentum=0.9)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def clipped(grads, limit=1.0):
    out = []
    for i in range(len(net.layers)):
        out.append(tf.clip_by_norm(grads[i], limit))
    return out


for epoch in range(20):
    order = rng.permutation(900)
    ep = []
    for s in range(0, 900, 90):
        b = order[s:s + 90]
        with tf.GradientTape() as tape:
            loss = ce(cls[b], net(pts[b], training=True))
        grads = tape.gradient(loss, net.trainable_variables)
        sgd.apply_gradients(zip(clipped(grads), net.trainable_variables))
        ep.append(float(loss))
    if epoch % 5 == 4:
        pred = net(pts).numpy().argmax(1)
        print(epoch + 1, "loss", round(np.mean(ep), 4), "acc", round((pred == cls).mean(), 3))
