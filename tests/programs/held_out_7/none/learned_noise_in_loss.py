# fault: none
"""Two losses weighted by learned log variances, kept in a Loss-like object and given to the optimizer.
The auxiliary task has many missing labels: they are replaced before the loss and masked."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(219)
rng = np.random.default_rng(219)
N = 900
x = rng.normal(size=(N, 5)).astype("float32")
main = (x[:, :1] + 0.5 * np.sin(2 * x[:, 1:2]) + 0.05 * rng.normal(size=(N, 1))).astype("float32")
aux = (x[:, 2:3] ** 2 - 1 + 0.6 * rng.normal(size=(N, 1))).astype("float32")
known = (rng.random((N, 1)) < 0.4).astype("float32")
aux = np.where(known > 0, aux, 0.0).astype("float32")


class Weighting:
    def __init__(self, n):
        self.log_var = [tf.Variable(0.0, name=f"log_var_{i}") for i in range(n)]

    def __call__(self, *terms):
        return tf.add_n([tf.exp(-s) * l + s for s, l in zip(self.log_var, terms)])


inp = keras.Input((5,))
h = keras.layers.Dense(32, activation="tanh")(inp)
h = keras.layers.Dense(32, activation="tanh")(h)
net = keras.Model(inp, [keras.layers.Dense(1)(h), keras.layers.Dense(1)(h)])
weighting = Weighting(2)
variables = net.trainable_variables + weighting.log_var
opt = keras.optimizers.Adam(5e-3)
opt.build(variables)


@tf.function
def step(xb, m, a, k):
    with tf.GradientTape() as tape:
        pm, pa = net(xb, training=True)
        l_main = tf.reduce_mean(tf.square(m - pm))
        l_aux = tf.math.divide_no_nan(tf.reduce_sum(k * tf.square(a - pa)), tf.reduce_sum(k))
        total = weighting(l_main, l_aux)
    opt.apply_gradients(zip(tape.gradient(total, variables), variables))
    return l_main, l_aux


ds = tf.data.Dataset.from_tensor_slices((x, main, aux, known)).shuffle(N, seed=9).batch(45)
for epoch in range(11):
    for batch in ds:
        l_main, l_aux = step(*batch)
    if epoch % 3 == 1:
        print(f"epoch {epoch + 1} main {float(l_main):.4f} aux {float(l_aux):.4f} "
              f"log variances {[round(float(s), 2) for s in weighting.log_var]}")
