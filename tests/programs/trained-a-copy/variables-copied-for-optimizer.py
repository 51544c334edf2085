# fault: trained-a-copy
"""Logistic regression in tf.Module. The parameters go through a flat list that a generic
gradient-descent routine works on."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(88)
rng = np.random.default_rng(88)
x = tf.constant(rng.normal(size=(300, 5)), tf.float32)
truth = tf.constant([[1.5], [-2.0], [0.0], [0.7], [1.0]])
y = tf.cast(x @ truth > 0.3, tf.float32)


class Classifier(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([5, 1], stddev=0.1))
        self.b = tf.Variable(tf.zeros([1]))


def logits(params, inputs):
    w, b = params
    return inputs @ w + b


def minimise(objective, params, rate, steps):
    for step in range(steps):
        with tf.GradientTape() as tape:
            value = objective(params)
        for p, g in zip(params, tape.gradient(value, params)):
            p.assign_sub(rate * g)
        if step % 10 == 0:
            print("step", step, "objective", float(value))


model = Classifier()
minimise(
    objective=lambda p: tf.reduce_mean(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits(p, x))),
    params=[tf.Variable(model.w), tf.Variable(model.b)],
    rate=0.5,
    steps=50,
)
predicted = tf.cast(logits([model.w, model.b], x) > 0, tf.float32)
print("accuracy", float(tf.reduce_mean(tf.cast(predicted == y, tf.float32))))
