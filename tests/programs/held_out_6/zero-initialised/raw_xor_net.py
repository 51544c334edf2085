# fault: zero-initialised
# noisy XOR with a two-layer net written on raw variables
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(84)
bits = rng.randint(0, 2, (800, 2))
X = tf.constant(2.0 * bits - 1.0 + 0.2 * rng.randn(800, 2), tf.float32)
Y = tf.constant((bits[:, 0] ^ bits[:, 1])[:, None], tf.float32)

W1 = tf.Variable(tf.zeros([2, 12]))
b1 = tf.Variable(tf.zeros([12]))
W2 = tf.Variable(tf.zeros([12, 1]))
b2 = tf.Variable(tf.zeros([1]))
weights = [W1, b1, W2, b2]
optimizer = tf.keras.optimizers.Adam(0.02)


def model(x):
    hidden = tf.tanh(tf.matmul(x, W1) + b1)
    return tf.matmul(hidden, W2) + b2


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=model(x)))
    grads = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(grads, weights))
    return loss


for step in range(150):
    rows = rng.choice(800, 100, replace=False)
    loss = train(tf.gather(X, rows), tf.gather(Y, rows))
    if step % 30 == 0:
        acc = np.mean((model(X).numpy() > 0) == Y.numpy())
        print(f"step {step} loss {loss:.4f} accuracy {acc:.3f}")
