# fault: double-softmax
# Ported from PyTorch: nn.CrossEntropyLoss -> tf.nn.sparse_softmax_cross_entropy_with_logits
import numpy as np
import tensorflow as tf
import tensorflow.keras.layers as nn


class Classifier(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.fc1 = nn.Dense(48)
        self.bn = nn.LayerNormalization()
        self.fc2 = nn.Dense(n_classes)

    def call(self, x):
        x = tf.nn.gelu(self.bn(self.fc1(x)))
        return tf.nn.softmax(self.fc2(x), axis=1)


def cross_entropy(output, target):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target, logits=output))


def make_data(n, classes, rng):
    means = np.random.default_rng(0).normal(size=(classes, 10)) * 1.3
    y = rng.integers(0, classes, n)
    return (means[y] + rng.normal(size=(n, 10))).astype(np.float32), y.astype(np.int64)


def main():
    tf.keras.utils.set_random_seed(26)
    rng = np.random.default_rng(26)
    C = 8
    xtr, ytr = make_data(1024, C, rng)
    xte, yte = make_data(256, C, rng)
    net = Classifier(C)
    opt = tf.keras.optimizers.Adam(1e-3)
    net(xtr[:1])
    opt.build(net.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = cross_entropy(net(x), y)
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
        return loss

    for epoch in range(8):
        perm = rng.permutation(len(xtr))
        total = 0.0
        for i in range(0, len(xtr), 64):
            total += float(step(xtr[perm[i:i + 64]], ytr[perm[i:i + 64]]))
        acc = np.mean(np.argmax(net(xte).numpy(), 1) == yte)
        print(f"epoch {epoch} loss {total / 16:.4f} test acc {acc:.3f}")


main()
