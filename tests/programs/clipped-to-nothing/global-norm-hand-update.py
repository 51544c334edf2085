# fault: clipped-to-nothing
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(931)
rng = np.random.default_rng(931)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")
w, b = tf.Variable(tf.random.normal((4, 1))), tf.Variable(tf.zeros((1,)))
for i in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=x @ w + b))
    grads, _ = tf.clip_by_global_norm(tape.gradient(loss, [w, b]), 1e-6)
    w.assign_sub(0.5 * grads[0])
    b.assign_sub(0.5 * grads[1])
