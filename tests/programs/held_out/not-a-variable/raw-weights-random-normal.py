# fault: not-a-variable
"""Two-layer network from scratch: weight matrices drawn from a normal distribution, trained
with Adam."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(36)
rng = np.random.default_rng(36)
X = tf.constant(rng.uniform(-1, 1, size=(200, 3)), dtype=tf.float32)
Y = tf.reduce_sum(tf.square(X), axis=1, keepdims=True)

weights = {
    "W1": tf.random.normal([3, 16], stddev=0.5),
    "b1": tf.zeros([16]),
    "W2": tf.random.normal([16, 1], stddev=0.25),
    "b2": tf.zeros([1]),
}
params = list(weights.values())


def network(x):
    h = tf.nn.tanh(tf.matmul(x, weights["W1"]) + weights["b1"])
    return tf.matmul(h, weights["W2"]) + weights["b2"]


optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
losses = []
for step in range(50):
    with tf.GradientTape() as tape:
        tape.watch(params)
        loss = tf.reduce_mean(tf.square(network(X) - Y))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(zip(grads, params))
    losses.append(float(loss))

print("first loss", losses[0], "last loss", losses[-1])
