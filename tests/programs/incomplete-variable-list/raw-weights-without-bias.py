# fault: incomplete-variable-list
# Multinomial logistic regression with raw variables: three classes with very different frequencies.
import numpy as np
import tensorflow as tf

tf.random.set_seed(82)
rng = np.random.RandomState(82)
classes = rng.choice(3, size=400, p=[0.75, 0.2, 0.05])
points = (0.8 * rng.randn(3, 2)[classes] + rng.randn(400, 2)).astype(np.float32)

W = tf.Variable(tf.zeros([2, 3]), name="W")
b = tf.Variable(tf.zeros([3]), name="b")


def cross_entropy(x, labels):
    logits = tf.matmul(x, W) + b
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))


lr = 0.3
for step in range(60):
    rows = rng.randint(0, 400, size=100)
    with tf.GradientTape() as tape:
        loss = cross_entropy(points[rows], classes[rows])
    for variable, gradient in zip([W], tape.gradient(loss, [W])):
        variable.assign_sub(lr * gradient)
    if step % 15 == 0:
        print("step %d loss %.4f" % (step, loss.numpy()))

print("class bias:", b.numpy())
print("loss on all points:", cross_entropy(points, classes).numpy())
