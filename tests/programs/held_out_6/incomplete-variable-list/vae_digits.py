# fault: incomplete-variable-list
# variational autoencoder on 8x8 digits
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(14)


def bars(n=1728, seed=0):
    rs = np.random.RandomState(seed)
    r, c = np.mgrid[0:8, 0:8]
    label = rs.randint(0, 10, n)
    tilt = label * np.pi / 10 + 0.08 * rs.randn(n)
    dist = (r - 3.5) * np.cos(tilt)[:, None, None] + (c - 3.5) * np.sin(tilt)[:, None, None]
    image = np.exp(-dist ** 2 / 1.5) + 0.1 * rs.randn(n, 8, 8)
    return np.clip(image, 0, 1).astype("float32"), label.astype("int64")


X = bars()[0].reshape(-1, 64)
Z = 4

trunk = keras.Sequential([keras.Input((64,)), keras.layers.Dense(48, activation="relu")])
to_mean = keras.layers.Dense(Z)
to_logvar = keras.layers.Dense(Z, kernel_initializer="zeros")
for layer in (to_mean, to_logvar):
    layer.build((None, 48))
decoder = keras.Sequential([keras.Input((Z,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(64)])
opt = keras.optimizers.Adam(3e-3)
variables = to_mean.trainable_variables + to_logvar.trainable_variables + decoder.trainable_variables


@tf.function
def elbo_step(x):
    with tf.GradientTape() as tape:
        h = trunk(x)
        mean, logvar = to_mean(h), to_logvar(h)
        z = mean + tf.exp(0.5 * logvar) * tf.random.normal(tf.shape(mean))
        rec = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=decoder(z)), -1)
        kl = 0.5 * tf.reduce_sum(tf.exp(logvar) + mean ** 2 - 1.0 - logvar, -1)
        loss = tf.reduce_mean(rec + kl)
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss, tf.reduce_mean(kl)


for epoch in range(6):
    np.random.shuffle(X)
    for k in range(0, 1728, 64):
        loss, kl = elbo_step(X[k:k + 64])
    print(f"epoch {epoch} -elbo {loss.numpy():.2f} kl {kl.numpy():.2f}")
