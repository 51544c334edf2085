# fault: overwritten-update
# Lottery-ticket style experiment: a sparse network is trained under a fixed magnitude mask.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(68)
rng = np.random.default_rng(68)
X = rng.normal(size=(600, 8)).astype("float32")
y = (np.sin(X[:, 0] * 1.5) + X[:, 1] * X[:, 2])[:, None].astype("float32")


class SparseTrainer:
    def __init__(self, keep=0.6, lr=5e-3):
        self.model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(48, activation="relu"),
            keras.layers.Dense(48, activation="relu"),
            keras.layers.Dense(1),
        ])
        self.optimizer = keras.optimizers.Adam(lr)
        self.kernels = [layer.kernel for layer in self.model.layers]
        self.initial = [tf.constant(k.numpy()) for k in self.kernels]
        self.masks = [self._mask(w, keep) for w in self.initial]
        self._prune()

    @staticmethod
    def _mask(w, keep):
        cut = np.quantile(np.abs(w), 1.0 - keep)
        return tf.cast(tf.abs(w) >= cut, tf.float32)

    def _prune(self):
        for kernel, w, mask in zip(self.kernels, self.initial, self.masks):
            kernel.assign(w * mask)

    @tf.function
    def step(self, xb, yb):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.model(xb, training=True) - yb))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.model.trainable_variables))
        self._prune()
        return loss


trainer = SparseTrainer()
ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(600, seed=1).batch(60)
for epoch in range(15):
    mse = np.mean([trainer.step(xb, yb).numpy() for xb, yb in ds])
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} mse {mse:.4f}")
