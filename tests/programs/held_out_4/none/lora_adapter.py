# fault: none
# Low-rank adaptation of a trained dense network to a shifted regression task.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(104)
rng = np.random.default_rng(104)
X = rng.normal(size=(640, 8)).astype("float32")
base_target = np.sin(X[:, :1]) + 0.5 * X[:, 1:2]
new_target = base_target + 0.8 * np.tanh(X[:, 2:3] + X[:, 3:4])


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank=4, alpha=8.0):
        super().__init__()
        self.dense, self.rank, self.scale = dense, rank, alpha / rank
        self.dense.trainable = False

    def build(self, input_shape):
        self.a = self.add_weight(shape=(input_shape[-1], self.rank), initializer="he_normal", name="lora_a")
        self.b = self.add_weight(shape=(self.rank, self.dense.units), initializer="zeros", name="lora_b")

    def call(self, x):
        z = tf.matmul(x, self.dense.kernel) + self.dense.bias
        return self.dense.activation(z + self.scale * tf.matmul(tf.matmul(x, self.a), self.b))


base = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1),
])
base.compile(keras.optimizers.Adam(5e-3), "mse")
base.fit(X, base_target, epochs=8, batch_size=64, verbose=0)
print("base on new task", round(base.evaluate(X, new_target, verbose=0), 4))

adapted = keras.Sequential([keras.Input((8,))] + [LoRADense(layer) for layer in base.layers])
adapted.compile(keras.optimizers.Adam(5e-3), "mse")
log = adapted.fit(X, new_target, epochs=15, batch_size=64, verbose=0).history["loss"]
print("adapter loss", np.round(log[::3], 4))
print("trainable", sum(w.numpy().size for w in adapted.trainable_weights),
      "of", sum(w.numpy().size for w in adapted.weights))
