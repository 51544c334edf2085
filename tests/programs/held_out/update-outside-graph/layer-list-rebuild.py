# fault: update-outside-graph
"""Three-class classifier as a tf.Module; the module stores its layers after each update."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(84)
rng = np.random.default_rng(84)
label = rng.integers(0, 3, size=150)
points = (rng.normal(size=(3, 4))[label] * 2 + rng.normal(size=(150, 4)) * 0.6).astype("float32")


class Classifier(tf.Module):
    def __init__(self, sizes, rate):
        super().__init__()
        self.rate = rate
        self.kernels = [
            tf.Variable(tf.random.normal((a, b), stddev=a ** -0.5), name=f"kernel{a}")
            for a, b in zip(sizes[:-1], sizes[1:])
        ]

    def __call__(self, x):
        for kernel in self.kernels[:-1]:
            x = tf.nn.relu(tf.matmul(x, kernel))
        return tf.matmul(x, self.kernels[-1])

    @tf.function
    def train(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=self(x)))
        grads = tape.gradient(loss, self.kernels)
        self.kernels = [k - self.rate * g for k, g in zip(self.kernels, grads)]
        return loss


classifier = Classifier([4, 16, 3], rate=0.2)
for epoch in range(12):
    for s in range(0, 150, 50):
        loss = classifier.train(points[s:s + 50], label[s:s + 50])
    print("epoch", epoch, "loss", round(float(loss), 4))
