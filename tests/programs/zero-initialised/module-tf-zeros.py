# fault: zero-initialised
# Digit-style classifier in raw TensorFlow, three affine maps with tanh in between.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(32)
means = rng.normal(size=(3, 8)) * 1.5
cls = rng.integers(0, 3, size=210)
X = (means[cls] + rng.normal(size=(210, 8))).astype("float32")


class Affine(tf.Module):
    def __init__(self, rows, cols):
        super().__init__()
        self.w = tf.Variable(tf.zeros((rows, cols)), name="w")
        self.b = tf.Variable(tf.zeros((cols,)), name="b")

    def __call__(self, v):
        return tf.matmul(v, self.w) + self.b


class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.one, self.two, self.three = Affine(8, 20), Affine(20, 20), Affine(20, 3)

    def __call__(self, v):
        return self.three(tf.tanh(self.two(tf.tanh(self.one(v)))))


net = Net()
optimizer = tf.keras.optimizers.SGD(0.3)
for step in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=cls, logits=net(X)))
    variables = net.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    if step % 10 == 0:
        print("step", step, "loss", loss.numpy())
