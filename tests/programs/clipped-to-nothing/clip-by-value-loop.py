# fault: clipped-to-nothing
"""Softmax regression written with tf.Variables; gradients are clipped against outliers."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(37)
rng = np.random.default_rng(37)
centers = rng.normal(scale=1.5, size=(4, 6))
group = rng.integers(0, 4, 180)
X = tf.constant(centers[group] + rng.normal(size=(180, 6)), tf.float32)
Y = tf.constant(group, tf.int32)

W = tf.Variable(tf.random.normal((6, 4), stddev=0.1), name="W")
b = tf.Variable(tf.zeros(4), name="b")
LIMIT = 1e-7
sgd = tf.keras.optimizers.SGD(0.5)

for step in range(40):
    with tf.GradientTape() as tape:
        logits = X @ W + b
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=Y, logits=logits))
    grads = tape.gradient(loss, [W, b])
    clipped = [tf.clip_by_value(g, -LIMIT, LIMIT) for g in grads]
    sgd.apply_gradients(zip(clipped, [W, b]))
    if step % 10 == 0:
        hits = tf.equal(tf.argmax(logits, axis=1, output_type=tf.int32), Y)
        print(step, float(loss), float(tf.reduce_mean(tf.cast(hits, tf.float32))))
