# fault: ignored-layer-losses
"""VQ autoencoder; the quantiser adds its codebook and commitment terms with add_loss."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(16)
rng = np.random.default_rng(16)
proto = rng.normal(size=(12, 18)).astype("float32")
data = (proto[rng.integers(0, 12, 960)] + 0.1 * rng.normal(size=(960, 18))).astype("float32")


class VectorQuantizer(layers.Layer):
    def __init__(self, n_codes, dim, beta=0.25, **kw):
        super().__init__(**kw)
        self.n_codes, self.dim, self.beta = n_codes, dim, beta

    def build(self, shape):
        self.codebook = self.add_weight(name="codebook", shape=(self.n_codes, self.dim),
                                        initializer=keras.initializers.RandomUniform(-0.5, 0.5, seed=16))

    def call(self, z):
        dist = tf.reduce_sum((z[:, None, :] - self.codebook[None]) ** 2, axis=-1)
        q = tf.gather(self.codebook, tf.argmin(dist, axis=1))
        self.add_loss(tf.reduce_mean((q - tf.stop_gradient(z)) ** 2))
        self.add_loss(self.beta * tf.reduce_mean((tf.stop_gradient(q) - z) ** 2))
        return z + tf.stop_gradient(q - z)


model = keras.Sequential([
    keras.Input((18,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(6, name="to_code"),
    VectorQuantizer(24, 6),
    layers.Dense(32, activation="relu"),
    layers.Dense(18),
])
opt = keras.optimizers.Adam(3e-3)


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        x_hat = model(x, training=True)
        loss = tf.reduce_mean(tf.square(x - x_hat))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(960, seed=0).batch(96).repeat(25)
for step, batch in enumerate(ds):
    loss = train_step(batch)
    if step % 50 == 0:
        print(f"step {step} reconstruction {float(loss):.4f}")
print("final", float(loss), "variance", data.var())
