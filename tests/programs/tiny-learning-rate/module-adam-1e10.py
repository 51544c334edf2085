# fault: tiny-learning-rate
"""Logistic regression as a tf.Module, trained with Adam inside a tf.function."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(14)
rng = np.random.default_rng(14)
points = rng.normal(size=(200, 3)).astype("float32")
classes = (points @ [[2.0], [-1.0], [0.5]] > 0).astype("float32")


class Logistic(tf.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = tf.Variable(tf.random.normal((dim, 1), stddev=0.3), name="weight")
        self.bias = tf.Variable([0.1], name="bias")

    @tf.function
    def loss(self, x, y):
        logits = x @ self.weight + self.bias
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, logits))


clf = Logistic(3)
optimizer = tf.keras.optimizers.Adam(learning_rate=1e-10)


@tf.function
def update():
    with tf.GradientTape() as tape:
        value = clf.loss(points, classes)
    grads = tape.gradient(value, clf.trainable_variables)
    optimizer.apply_gradients(zip(grads, clf.trainable_variables))
    return value


start = clf.weight.numpy().copy()
for i in range(60):
    value = update()
    if i % 12 == 0:
        print(i, value.numpy())
print("weight change", np.abs(clf.weight.numpy() - start).max())
