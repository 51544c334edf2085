# fault: ascending-sign
# Logistic regression on tumour measurements with Nesterov momentum written by hand.
import numpy as np
import tensorflow as tf

tf.random.set_seed(31)
rng = np.random.default_rng(31)
features = tf.constant(rng.normal(size=(300, 8)), tf.float32)
weights_true = rng.normal(size=(8, 1)).astype("float32")
malignant = tf.cast(features @ weights_true + rng.normal(size=(300, 1)).astype("float32") > 0.3, tf.float32)


class Logistic(tf.Module):
    def __init__(self, width):
        super().__init__()
        self.w = tf.Variable(tf.random.normal((width, 1), stddev=0.1))
        self.b = tf.Variable(tf.zeros((1,)))

    def __call__(self, x):
        return x @ self.w + self.b


class Nesterov:
    def __init__(self, variables, rate=0.05, momentum=0.8):
        self.variables, self.rate, self.momentum = variables, rate, momentum
        self.velocity = [tf.Variable(tf.zeros_like(v), trainable=False) for v in variables]

    def step(self, gradients):
        for v, vel, g in zip(self.variables, self.velocity, gradients):
            vel.assign(self.momentum * vel - self.rate * g)
            v.assign_sub(self.momentum * vel - self.rate * g)


model = Logistic(8)
optimizer = Nesterov(model.trainable_variables)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=model(x)))
    optimizer.step(tape.gradient(loss, model.trainable_variables))
    return loss


for i in range(30):
    loss = train(features, malignant)
    if i % 5 == 0:
        hits = float(tf.reduce_mean(tf.cast((model(features) > 0) == (malignant > 0.5), tf.float32)))
        print(f"iteration {i}: loss {float(loss):.4f}, accuracy {hits:.3f}")
