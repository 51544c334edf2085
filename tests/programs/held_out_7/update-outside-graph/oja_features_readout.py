# fault: update-outside-graph
"""Hebbian feature layer (Oja's subspace rule) with a supervised read-out trained by Adam.
The eager version of this script was slow, therefore the @tf.function."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(88)
rng = np.random.default_rng(88)
D, K, N = 20, 4, 1500
basis, _ = np.linalg.qr(rng.normal(size=(D, K)))
latent = rng.normal(size=(N, K)) * np.array([2.0, 1.6, 1.3, 1.0])
X = (latent @ basis.T + 0.3 * rng.normal(size=(N, D))).astype("float32")
y = (np.tanh(latent[:, :1]) + 0.5 * latent[:, 1:2] - 0.3 * latent[:, 2:3]).astype("float32")


class OjaNet:
    def __init__(self):
        self.W = tf.Variable(rng.normal(size=(D, K)).astype("f4") * 0.1, name="oja_W")
        self.readout = tf.keras.Sequential([
            tf.keras.Input((K,)),
            tf.keras.layers.Dense(16, activation="tanh"),
            tf.keras.layers.Dense(1),
        ])
        self.opt = tf.keras.optimizers.Adam(5e-3)
        self.opt.build(self.readout.trainable_variables)
        self.eta = 0.01

    @tf.function
    def train_step(self, x, t):
        z = tf.matmul(x, self.W)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.readout(z) - t))
        grads = tape.gradient(loss, self.readout.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.readout.trainable_variables))
        # Oja: dW = x z^T - W z z^T, averaged over the batch
        n = tf.cast(tf.shape(x)[0], tf.float32)
        hebb = tf.matmul(x, z, transpose_a=True) / n
        decay = tf.matmul(self.W, tf.matmul(z, z, transpose_a=True)) / n
        self.W = self.W + self.eta * (hebb - decay)
        explained = tf.reduce_mean(tf.reduce_sum(z ** 2, 1)) / tf.reduce_mean(tf.reduce_sum(x ** 2, 1))
        return loss, explained


net = OjaNet()
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(N, seed=8).batch(50, drop_remainder=True).repeat(12)
for step, (xb, yb) in enumerate(ds):
    loss, explained = net.train_step(xb, yb)
    if step % 60 == 0:
        print(f"step {step} mse {float(loss):.4f} explained variance {float(explained):.3f}")
