# fault: tiny-learning-rate
"""Matrix factorisation by SGD, translated from C++ (there the rate was divided by the size of the problem)."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(40)
tf.random.set_seed(40)
U, I, F = 80, 60, 6
pu, qi = rng.normal(size=(U, 3)), rng.normal(size=(I, 3))
u = rng.integers(0, U, 2400)
i = rng.integers(0, I, 2400)
r = ((pu[u] * qi[i]).sum(1) / np.sqrt(3) + 0.1 * rng.normal(size=2400)).astype(np.float32)

P = tf.Variable(tf.random.normal((U, F), stddev=0.5, seed=1), name="P")
Q = tf.Variable(tf.random.normal((I, F), stddev=0.5, seed=2), name="Q")
bu = tf.Variable(tf.ones(U), name="bias_user")
bi = tf.Variable(-tf.ones(I), name="bias_item")
params = [P, Q, bu, bi]

base_rate = 2.0
n_ratings = len(r)
optimizer = tf.keras.optimizers.SGD(learning_rate=base_rate / (n_ratings * U * I))
optimizer.build(params)


@tf.function
def sgd_step(ub, ib, rb):
    with tf.GradientTape() as tape:
        pred = tf.reduce_sum(tf.gather(P, ub) * tf.gather(Q, ib), 1) + tf.gather(bu, ub) + tf.gather(bi, ib)
        mse = tf.reduce_mean(tf.square(pred - rb))
        loss = mse + 1e-3 * (tf.reduce_mean(P ** 2) + tf.reduce_mean(Q ** 2))
    optimizer.apply_gradients(zip(tape.gradient(loss, params), params))
    return mse


for epoch in range(20):
    perm = rng.permutation(n_ratings)
    errs = [float(sgd_step(u[k], i[k], r[k])) for k in np.split(perm, 12)]
    if epoch % 5 == 0 or epoch == 19:
        print(f"epoch {epoch:2d} rmse {np.sqrt(np.mean(errs)):.5f}")
