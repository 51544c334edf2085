# fault: not-a-variable
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)

n_shop, n_prod = 30, 50
a = rng.normal(size=(n_shop, 2))
b = rng.normal(size=(n_prod, 2))
shop = rng.integers(0, n_shop, 4000).astype("int32")
prod = rng.integers(0, n_prod, 4000).astype("int32")
sales = ((a[shop] * b[prod]).sum(1) + 0.3 * rng.normal(size=4000)).astype("float32")[:, None]


class FactorInteraction(keras.layers.Layer):
    """Dot product of latent shop and product factors."""

    def __init__(self, n_a, n_b, rank):
        super().__init__()
        self.fa = tf.random.normal((n_a, rank), stddev=0.3)
        self.fb = tf.random.normal((n_b, rank), stddev=0.3)

    def call(self, ia, ib):
        return tf.reduce_sum(tf.gather(self.fa, ia) * tf.gather(self.fb, ib), axis=-1, keepdims=True)


class SalesModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.inter = FactorInteraction(n_shop, n_prod, 4)
        self.shop_bias = keras.layers.Embedding(n_shop, 1)
        self.prod_bias = keras.layers.Embedding(n_prod, 1)

    def call(self, inputs):
        s, p = inputs[:, 0], inputs[:, 1]
        return self.inter(s, p) + self.shop_bias(s) + self.prod_bias(p)


pairs = np.stack([shop, prod], 1)
model = SalesModel()
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
hist = model.fit(pairs, sales, batch_size=200, epochs=12, verbose=0)
print("mse per epoch", np.round(hist.history["loss"], 3))
print("variance of the target", sales.var())
