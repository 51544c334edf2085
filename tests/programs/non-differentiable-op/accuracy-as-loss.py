# fault: non-differentiable-op
"""Three-class classifier that maximises the accuracy directly: the loss is one minus the
accuracy."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class Classifier(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.scores = layers.Dense(n_classes)

    def call(self, x):
        return self.scores(self.hidden(x))


def error_rate(labels, scores):
    predicted = tf.argmax(scores, axis=1, output_type=tf.int32)
    hits = tf.cast(tf.equal(predicted, labels), tf.float32)
    return 1.0 - tf.reduce_mean(hits)


tf.keras.utils.set_random_seed(92)
rng = np.random.default_rng(92)
labels = rng.integers(0, 3, size=210).astype("int32")
x = (np.eye(3)[labels] * 2 + rng.normal(size=(210, 3))).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((x, labels)).shuffle(210, seed=92).batch(35)

model = Classifier(3)
optimizer = tf.keras.optimizers.Adam(0.01)
for epoch in range(6):
    for features, target in dataset:
        with tf.GradientTape() as tape:
            loss = error_rate(target, model(features, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("epoch", epoch, "error rate", float(loss))
