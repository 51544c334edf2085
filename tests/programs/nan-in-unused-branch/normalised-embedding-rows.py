# fault: nan-in-unused-branch
"""Skip-gram like embedding training on unit vectors; empty rows are left as they are."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(34)
rng = np.random.default_rng(34)
vocabulary, dim = 30, 6
initial = rng.normal(scale=0.3, size=(vocabulary, dim))
initial[0] = 0.0
table = tf.Variable(initial, dtype=tf.float32, name="embeddings")
pairs = rng.integers(0, vocabulary, size=(120, 2))
linked = ((pairs[:, 0] + pairs[:, 1]) % 2 == 0).astype("float32")
optimizer = tf.keras.optimizers.SGD(0.5)


def unit(rows):
    squared = tf.reduce_sum(rows * rows, axis=1, keepdims=True)
    return tf.where(squared > 0, rows / tf.sqrt(squared), rows)


@tf.function
def update(left, right, target):
    with tf.GradientTape() as tape:
        score = tf.reduce_sum(unit(tf.gather(table, left)) * unit(tf.gather(table, right)), axis=1)
        loss = tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=3.0 * score))
    grad = tf.convert_to_tensor(tape.gradient(loss, table))
    optimizer.apply_gradients([(grad, table)])
    return loss


for epoch in range(25):
    loss = update(pairs[:, 0], pairs[:, 1], linked)
    if epoch % 5 == 0:
        print("epoch", epoch, "loss", loss.numpy())
