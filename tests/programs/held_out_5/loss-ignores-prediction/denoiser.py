# fault: loss-ignores-prediction
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(40)
rng = np.random.default_rng(40)

phase = rng.uniform(0, 6.28, size=(500, 1))
freq = rng.uniform(1, 3, size=(500, 1))
clean = np.sin(freq * np.linspace(0, 6.28, 40) + phase).astype("float32")

net = keras.Sequential([
    keras.Input((40, 1)),
    layers.Conv1D(16, 7, padding="same", activation="relu"),
    layers.Conv1D(16, 7, padding="same", activation="relu"),
    layers.Conv1D(1, 7, padding="same"),
])
kernels = [v for v in net.trainable_variables if "kernel" in v.path]
opt = keras.optimizers.Adam(2e-3)


@tf.function
def train_step(noisy, target):
    with tf.GradientTape() as tape:
        output = net(noisy[..., None], training=True)[..., 0]
        fit = tf.reduce_mean(tf.square(noisy - target))
        decay = 1e-4 * tf.add_n([tf.nn.l2_loss(k) for k in kernels])
        loss = fit + decay
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss, output


for epoch in range(10):
    ls = []
    for s in range(0, 500, 50):
        target = clean[s:s + 50]
        noisy = target + 0.5 * rng.normal(size=target.shape).astype("float32")
        loss, out = train_step(tf.constant(noisy), tf.constant(target))
        ls.append(float(loss))
    print("epoch", epoch, "loss", np.mean(ls))
