# fault: none
"""Meta-learning of a start value for sine regression: one functional gradient step inside the
outer tape (the adapted weights are tensors), Adam on the start weights."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(219)
rng = np.random.default_rng(219)
init = tf.random_normal_initializer(stddev=0.5, seed=219)
start = [
    tf.Variable(init([1, 20]), name="w1"), tf.Variable(tf.zeros([20]), name="b1"),
    tf.Variable(init([20, 1]), name="w2"), tf.Variable(tf.zeros([1]), name="b2"),
]
meta_optimizer = tf.keras.optimizers.Adam(0.02)
INNER_RATE = 0.1


def forward(weights, x):
    w1, b1, w2, b2 = weights
    return tf.tanh(x @ w1 + b1) @ w2 + b2


def mse(weights, x, y):
    return tf.reduce_mean(tf.square(forward(weights, x) - y))


@tf.function
def meta_step(x_support, y_support, x_query, y_query):
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner_loss = mse(start, x_support, y_support)
        grads = inner.gradient(inner_loss, start)
        adapted = [w - INNER_RATE * g for w, g in zip(start, grads)]
        meta_loss = mse(adapted, x_query, y_query)
    meta_grads = outer.gradient(meta_loss, start)
    meta_optimizer.apply_gradients(zip(meta_grads, start))
    return meta_loss


history = []
for task in range(150):
    amplitude = rng.uniform(0.8, 1.2)
    x = rng.uniform(-2, 2, size=(40, 1)).astype("float32")
    y = (amplitude * np.sin(x)).astype("float32")
    loss = meta_step(*[tf.constant(a) for a in (x[:20], y[:20], x[20:], y[20:])])
    history.append(float(loss))
print("meta loss, first and last ten tasks:", np.mean(history[:10]), np.mean(history[-10:]))
