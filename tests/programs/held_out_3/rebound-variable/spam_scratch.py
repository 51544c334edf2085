# fault: rebound-variable
# Separates spam from ham with a two-layer network written from scratch in a tf.Module.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(14)
n = 400
words = rng.poisson(1.0, size=(n, 12)).astype("float32")
words = (words - words.mean(0)) / words.std(0)
spam = (words[:, 0] + words[:, 3] - words[:, 5] > 0).astype("float32")[:, None]


class SpamNet(tf.Module):
    def __init__(self, seed):
        super().__init__()
        g = tf.random.Generator.from_seed(seed)
        self.w1 = tf.Variable(g.normal((12, 16)) * 0.3, name="w1")
        self.b1 = tf.Variable(tf.zeros(16), name="b1")
        self.w2 = tf.Variable(g.normal((16, 1)) * 0.3, name="w2")
        self.b2 = tf.Variable(tf.zeros(1), name="b2")

    def __call__(self, x):
        return tf.tanh(x @ self.w1 + self.b1) @ self.w2 + self.b2


net = SpamNet(seed=1)
lr = 0.5

for epoch in range(30):
    with tf.GradientTape() as tape:
        logits = net(words)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=spam, logits=logits))
    grads = tape.gradient(loss, net.trainable_variables)
    for param, grad in zip(net.trainable_variables, grads):
        param = param - lr * grad
    accuracy = np.mean((logits.numpy() > 0) == (spam > 0.5))
    if epoch % 5 == 0:
        print(f"epoch {epoch:2d} loss {loss:.4f} accuracy {accuracy:.3f}")
