# fault: none
# implicit-feedback recommender (BPR) over a large catalogue, most rows are never touched
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(106)
tf.random.set_seed(106)
USERS, ITEMS, DIM = 400, 5000, 8
active = rng.choice(ITEMS, 150, replace=False)
taste = rng.integers(0, 2, USERS)
group = rng.integers(0, 2, 150)

user = tf.Variable(tf.random.normal((USERS, DIM), stddev=0.1))
item = tf.Variable(tf.random.normal((ITEMS, DIM), stddev=0.1))
bias = tf.Variable(tf.zeros((ITEMS,)))
table = [user, item, bias]
opt = tf.keras.optimizers.Adagrad(0.1, initial_accumulator_value=1e-6)


def triples(n):
    u = rng.integers(0, USERS, n)
    pos, neg = rng.integers(0, 150, n), rng.integers(0, 150, n)
    swap = group[pos] != taste[u]
    pos[swap], neg[swap] = neg[swap], pos[swap].copy()
    keep = (group[pos] == taste[u]) & (group[neg] != taste[u])
    return u[keep], active[pos[keep]], active[neg[keep]]


def score(u, i):
    return tf.reduce_sum(tf.gather(user, u) * tf.gather(item, i), 1) + tf.gather(bias, i)


for step in range(200):
    u, p, n = triples(256)
    with tf.GradientTape() as tape:
        margin = score(u, p) - score(u, n)
        loss = tf.reduce_mean(tf.nn.softplus(-margin))
    opt.apply_gradients(zip(tape.gradient(loss, table), table))
    if step % 40 == 0:
        print(step, "bpr", float(loss), "auc", float(tf.reduce_mean(tf.cast(margin > 0, tf.float32))))
