# fault: ignored-layer-losses
import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops

keras.utils.set_random_seed(25)
rng = np.random.default_rng(25)
latent = rng.normal(size=(1000, 2))
data = np.tanh(latent @ rng.normal(size=(2, 12))).astype("float32")
data += 0.05 * rng.normal(size=data.shape).astype("float32")


class Sampling(layers.Layer):
    def __init__(self, beta):
        super().__init__()
        self.beta = beta
        self.seed = keras.random.SeedGenerator(1)

    def call(self, inputs):
        mean, log_var = inputs
        kl = 0.5 * ops.mean(ops.sum(ops.square(mean) + ops.exp(log_var) - log_var - 1.0, axis=1))
        self.add_loss(self.beta * kl)
        return mean + ops.exp(0.5 * log_var) * keras.random.normal(ops.shape(mean), seed=self.seed)


inp = keras.Input((12,))
h = layers.Dense(32, activation="relu")(inp)
mean, log_var = layers.Dense(2, name="mean")(h), layers.Dense(2, name="log_var")(h)
z = Sampling(beta=0.05)([mean, log_var])
d = layers.Dense(32, activation="relu")(z)
vae = keras.Model(inp, layers.Dense(12)(d))
stats = keras.Model(inp, [mean, log_var])
opt = keras.optimizers.Adam(3e-3)


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        recon = vae(x, training=True)
        loss = tf.reduce_mean(tf.reduce_sum(tf.square(x - recon), axis=1))
    grads = tape.gradient(loss, vae.trainable_variables)
    opt.apply_gradients(zip(grads, vae.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(1000, seed=2).batch(100)
for epoch in range(40):
    ls = [float(train_step(x)) for x in ds]
    if epoch % 10 == 9:
        m, lv = [t.numpy() for t in stats(data)]
        print(f"epoch {epoch + 1}: loss {np.mean(ls):.4f} posterior sd {np.exp(lv / 2).mean():.4f} code sd {m.std():.2f}")
