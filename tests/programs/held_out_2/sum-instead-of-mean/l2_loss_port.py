# fault: sum-instead-of-mean
# TensorFlow 1 regression script for tree biomass, brought to TensorFlow 2.
import numpy as np
import tensorflow as tf

tf.random.set_seed(20)
rng = np.random.default_rng(20)
trees = tf.constant(rng.normal(size=(512, 5)), tf.float32)
biomass = tf.constant(np.tanh(trees.numpy() @ rng.normal(size=(5, 1))), tf.float32)

initializer = tf.keras.initializers.HeNormal(seed=20)
weights = {
    "h1": tf.Variable(initializer((5, 32)), name="h1"),
    "b1": tf.Variable(tf.zeros([32]), name="b1"),
    "out": tf.Variable(initializer((32, 1)), name="out"),
    "b_out": tf.Variable(tf.zeros([1]), name="b_out"),
}


def network(x):
    layer = tf.nn.relu(tf.matmul(x, weights["h1"]) + weights["b1"])
    return tf.matmul(layer, weights["out"]) + weights["b_out"]


optimizer = tf.keras.optimizers.SGD(learning_rate=0.05)
variables = list(weights.values())


@tf.function
def train_op(x, y):
    with tf.GradientTape() as tape:
        cost = tf.nn.l2_loss(network(x) - y)
    optimizer.apply_gradients(zip(tape.gradient(cost, variables), variables))
    return cost


batches = tf.data.Dataset.from_tensor_slices((trees, biomass)).shuffle(512, seed=20).batch(128)
for epoch in range(5):
    for bx, by in batches:
        train_op(bx, by)
    rms = tf.sqrt(tf.reduce_mean(tf.square(network(trees) - biomass)))
    print("epoch %d rms error %.4f" % (epoch, float(rms)))
