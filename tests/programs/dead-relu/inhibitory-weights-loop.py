# fault: dead-relu
"""Classifier for count-like features in [0, 1] with initially inhibitory connections."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(39)
rng = np.random.default_rng(39)
x = rng.uniform(0.0, 1.0, size=(140, 10)).astype("float32")
label = (x[:, :5].sum(axis=1) > x[:, 5:].sum(axis=1)).astype("int32")

w1 = tf.Variable(tf.random.uniform((10, 24), -0.4, -0.05), name="w1")
b1 = tf.Variable(tf.zeros(24), name="b1")
w2 = tf.Variable(tf.random.normal((24, 2), stddev=0.2), name="w2")
b2 = tf.Variable(tf.zeros(2), name="b2")
weights = [w1, b1, w2, b2]
adam = tf.keras.optimizers.Adam(0.01)


def forward(batch):
    hidden = tf.nn.relu(batch @ w1 + b1)
    return hidden @ w2 + b2


for step in range(40):
    with tf.GradientTape() as tape:
        logits = forward(x)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label, logits=logits))
    adam.apply_gradients(zip(tape.gradient(loss, weights), weights))
    if step % 8 == 0:
        print(step, "loss", float(loss))
print("accuracy", float(np.mean(forward(x).numpy().argmax(1) == label)))
