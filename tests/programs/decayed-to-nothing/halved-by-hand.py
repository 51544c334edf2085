# fault: decayed-to-nothing
# Matrix factorisation of a small ratings table; the step size is halved as we go.
import numpy as np
import tensorflow as tf

tf.random.set_seed(28)
rng = np.random.default_rng(28)
ratings = (rng.normal(size=(12, 2)) @ rng.normal(size=(2, 9))).astype("float32")

users = tf.Variable(tf.random.normal((12, 2), stddev=0.3))
items = tf.Variable(tf.random.normal((9, 2), stddev=0.3))
lr = 2.0

for it in range(60):
    with tf.GradientTape() as tape:
        guess = tf.matmul(users, items, transpose_b=True)
        loss = tf.reduce_mean((guess - ratings) ** 2)
    du, di = tape.gradient(loss, [users, items])
    users.assign_sub(lr * du)
    items.assign_sub(lr * di)
    lr *= 0.5
    if it % 10 == 0:
        print("iteration", it, "loss", loss.numpy())
