# fault: ascending-sign
"""Logistic regression by hand: gradient step on weight vector and intercept."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(7)
X = rng.normal(size=(140, 4)).astype("float32")
y = (X @ [1.0, -1.0, 0.5, 2.0] > 0.2).astype("float32")

beta = tf.Variable(tf.zeros(4), name="beta")
intercept = tf.Variable(0.0, name="intercept")
eta = 0.1

for epoch in range(30):
    with tf.GradientTape() as tape:
        z = tf.linalg.matvec(X, beta) + intercept
        nll = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))
    d_beta, d_intercept = tape.gradient(nll, [beta, intercept])
    beta.assign_add(eta * d_beta)
    intercept.assign_add(eta * d_intercept)
    if epoch % 5 == 0:
        print("epoch", epoch, "negative log likelihood", nll.numpy())
