# fault: ascending-sign
# Logistic regression for loan defaults with momentum written by hand.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(260)
loans = rng.normal(size=(500, 6)).astype("float32")
default = (loans @ np.array([1, -1, 0.5, 0, 2, 0]) + rng.normal(scale=0.3, size=500) > 0).astype("float32")


class Logistic(tf.Module):
    def __init__(self, n):
        super().__init__()
        self.w = tf.Variable(tf.zeros(n), name="w")
        self.b = tf.Variable(0.0, name="b")

    def __call__(self, x):
        return tf.linalg.matvec(x, self.w) + self.b


class Momentum:
    def __init__(self, params, rate=0.1, beta=0.8):
        self.params, self.rate, self.beta = params, rate, beta
        self.velocity = [tf.Variable(tf.zeros_like(p), trainable=False) for p in params]

    def update(self, grads):
        for p, v, g in zip(self.params, self.velocity, grads):
            v.assign(self.beta * v + (1 - self.beta) * g)
            p.assign_add(self.rate * v)


model = Logistic(6)
momentum = Momentum(model.trainable_variables)
for epoch in range(50):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=default, logits=model(loans)))
    momentum.update(tape.gradient(loss, model.trainable_variables))
    if epoch % 10 == 0:
        print("epoch", epoch, "loss", float(loss), "w", model.w.numpy().round(3))
