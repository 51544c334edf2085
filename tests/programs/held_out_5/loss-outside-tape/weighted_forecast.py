# fault: loss-outside-tape
import numpy as np
import tensorflow as tf
import keras

np.random.seed(0)
keras.utils.set_random_seed(0)

# hourly load, predict the next value from the last 12, recent samples count more
t = np.arange(800)
series = np.sin(2 * np.pi * t / 24) + 0.3 * np.sin(2 * np.pi * t / 168) + 0.05 * np.random.randn(800)
X = np.stack([series[i:i + 12] for i in range(780)])[..., None].astype("float32")
Y = series[12:792][:, None].astype("float32")
W = np.exp(-np.arange(780)[::-1] / 500).astype("float32")

inputs = keras.Input((12, 1))
h = keras.layers.GRU(16)(inputs)
outputs = keras.layers.Dense(1)(h)
net = keras.Model(inputs, outputs)
opt = keras.optimizers.Adam(0.01)


def step(x, y, w):
    with tf.GradientTape() as tape:
        pred = net(x, training=True)
        per_sample = tf.reduce_mean(tf.square(pred - y), axis=-1)
    loss = tf.reduce_sum(per_sample * w) / tf.reduce_sum(w)
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return loss


history = []
for epoch in range(6):
    perm = np.random.permutation(780)
    for k in range(0, 780, 78):
        sel = perm[k:k + 78]
        history.append(float(step(tf.constant(X[sel]), tf.constant(Y[sel]), tf.constant(W[sel]))))
    print("epoch", epoch, "weighted mse", np.mean(history[-10:]))
