# fault: none
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(9)
rng = np.random.default_rng(9)


class LoRADense(keras.layers.Layer):
    def __init__(self, inner, rank=2, alpha=4.0):
        super().__init__()
        self.inner = inner
        self.inner.trainable = False
        self.rank, self.scale = rank, alpha / rank

    def build(self, shape):
        self.a = self.add_weight(shape=(shape[-1], self.rank), initializer="he_normal", name="a")
        self.b = self.add_weight(shape=(self.rank, self.inner.units), initializer="zeros", name="b")

    def call(self, x):
        return self.inner(x) + self.scale * ((x @ self.a) @ self.b)


X = rng.normal(size=(800, 12)).astype("float32")
W = rng.normal(size=(12, 6)).astype("float32")
pre = keras.layers.Dense(6)
pre.build((None, 12))
pre.set_weights([W, np.zeros(6, "float32")])
shift = (rng.normal(size=(12, 2)) @ rng.normal(size=(2, 6))).astype("float32")
Y = X @ (W + 0.5 * shift)

inp = keras.Input((12,))
model = keras.Model(inp, LoRADense(pre)(inp))
opt = keras.optimizers.Adam(0.02)
before = pre.kernel.numpy().copy()
for epoch in range(12):
    ls = []
    for k in range(0, 800, 80):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(X[k:k + 80]) - Y[k:k + 80]))
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        ls.append(float(loss))
    print(epoch, round(np.mean(ls), 5))
print("base kernel moved by", np.abs(pre.kernel.numpy() - before).max())
