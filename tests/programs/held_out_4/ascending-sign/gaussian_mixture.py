# fault: ascending-sign
# Maximum likelihood for a one-dimensional Gaussian mixture, gradient steps on raw variables.
import numpy as np
import tensorflow as tf

tf.random.set_seed(47)
rng = np.random.default_rng(47)
component = rng.choice(3, p=[0.5, 0.3, 0.2], size=900)
samples = tf.constant(np.array([-2.0, 0.5, 3.0])[component] + np.array([0.5, 0.4, 0.7])[component] * rng.normal(size=900), tf.float32)

logits = tf.Variable(tf.zeros(3), name="logits")
means = tf.Variable([-1.0, 0.0, 1.0], name="means")
log_std = tf.Variable(tf.zeros(3), name="log_std")
params = [logits, means, log_std]


def log_likelihood(x):
    std = tf.exp(log_std)
    log_normal = -0.5 * tf.square((x[:, None] - means) / std) - log_std - 0.5 * np.log(2 * np.pi)
    return tf.reduce_mean(tf.reduce_logsumexp(log_normal + tf.nn.log_softmax(logits), axis=1))


@tf.function
def step(batch, lr):
    with tf.GradientTape() as tape:
        nll = -log_likelihood(batch)
    for p, g in zip(params, tape.gradient(nll, params)):
        p.assign_add(lr * g)
    return nll


data = tf.data.Dataset.from_tensor_slices(samples).shuffle(900, seed=1).batch(100).repeat(8)
for i, batch in enumerate(data):
    nll = step(batch, tf.constant(0.008))
    if i % 9 == 0:
        print(f"step {i:2d} nll {float(nll):.4f} means {means.numpy().round(2)}")
