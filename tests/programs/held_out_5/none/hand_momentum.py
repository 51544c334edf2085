# fault: none
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(14)
X = rng.normal(size=(1000, 6)).astype("float32")
y = (X[:, 0] ** 2 + X[:, 1] * X[:, 2] > 0.5).astype("float32")[:, None]

sizes = [6, 32, 32, 1]
params = []
for i, o in zip(sizes[:-1], sizes[1:]):
    params.append(tf.Variable((rng.normal(size=(i, o)) * np.sqrt(2 / i)).astype("float32")))
    params.append(tf.Variable(tf.zeros((o,))))
slots = [tf.Variable(tf.zeros_like(p)) for p in params]
rate = tf.Variable(0.0)


def net(x):
    for j in range(0, len(params), 2):
        x = tf.matmul(x, params[j]) + params[j + 1]
        if j + 2 < len(params):
            x = tf.nn.relu(x)
    return x


@tf.function(input_signature=[tf.TensorSpec([None, 6]), tf.TensorSpec([None, 1])])
def sgd_step(xb, yb):
    with tf.GradientTape() as tape:
        ce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=net(xb)))
    grads = tape.gradient(ce, params)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    for p, s, g in zip(params, slots, grads):
        s.assign(0.9 * s + g)
        p.assign_sub(rate * (s + 1e-4 * p))
    return ce


t = 0
for epoch in range(25):
    losses = []
    for b in np.split(rng.permutation(1000), 10):
        rate.assign(0.1 * min(1.0, t / 30) * (0.3 if epoch >= 18 else 1.0))
        losses.append(float(sgd_step(tf.constant(X[b]), tf.constant(y[b]))))
        t += 1
    if epoch % 5 == 4:
        print(epoch + 1, "rate", round(float(rate), 3), "ce", np.mean(losses))
