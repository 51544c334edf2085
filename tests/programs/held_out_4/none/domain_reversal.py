# fault: none
# Domain-adversarial training: a gradient reversal layer in front of the domain classifier.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Input, Sequential, layers, optimizers

tf.keras.utils.set_random_seed(110)
rng = np.random.default_rng(110)


@tf.custom_gradient
def reverse(x):
    def grad(upstream):
        return -0.3 * upstream
    return tf.identity(x), grad


def sample(n, shift):
    y = rng.integers(0, 2, n)
    x = rng.normal(size=(n, 6))
    x[:, 0] += 2.0 * y - 1.0
    x[:, 1] += shift
    return x.astype("float32"), y.astype("int32")


features = Sequential([Input((6,)), layers.Dense(24, activation="relu"), layers.Dense(12, activation="relu")], name="features")
label_head = Sequential([Input((12,)), layers.Dense(2)], name="label")
domain_head = Sequential([Input((12,)), layers.Dense(12, activation="relu"), layers.Dense(2)], name="domain")
variables = features.trainable_variables + label_head.trainable_variables + domain_head.trainable_variables
optimizer = optimizers.Adam(3e-3)
xent = tf.nn.sparse_softmax_cross_entropy_with_logits


@tf.function
def step(xs, ys, xt):
    domain = tf.concat([tf.zeros(tf.shape(xs)[0], tf.int32), tf.ones(tf.shape(xt)[0], tf.int32)], 0)
    with tf.GradientTape() as tape:
        h = features(tf.concat([xs, xt], 0), training=True)
        label_loss = tf.reduce_mean(xent(ys, label_head(h[:tf.shape(xs)[0]])))
        domain_loss = tf.reduce_mean(xent(domain, domain_head(reverse(h))))
        loss = label_loss + domain_loss
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    return label_loss, domain_loss


for i in range(200):
    xs, ys = sample(48, 0.0)
    xt, _ = sample(48, 1.0)
    label_loss, domain_loss = step(xs, ys, xt)
    if i % 40 == 0:
        print(f"step {i:3d} label {float(label_loss):.3f} domain {float(domain_loss):.3f}")
xt, yt = sample(500, 1.0)
print("target accuracy", np.mean(np.argmax(label_head(features(xt)).numpy(), 1) == yt))
