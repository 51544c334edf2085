# fault: nan-in-data
# Standardises gene expressions column by column and classifies the tissue.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(91)
rng = np.random.default_rng(91)
GENES = 12
expression = rng.gamma(2.0, 3.0, size=(260, GENES)).astype("float32")
expression[:, 7] = 0.0  # this gene is silent in all samples of the study
tissue = (expression[:, 0] > expression[:, 1]).astype("int64") + (expression[:, 2] > 8)


def preprocess(raw):
    log = tf.math.log1p(raw)
    mean, variance = tf.nn.moments(log, axes=[0])
    return (log - mean) / tf.sqrt(variance)


class TissueNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(20, activation="relu")
        self.drop = keras.layers.Dropout(0.1)
        self.out = keras.layers.Dense(3)

    def call(self, x, training=False):
        return self.out(self.drop(self.hidden(x), training=training))


net = TissueNet()
optimizer = keras.optimizers.Adam(0.01)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train = tf.data.Dataset.from_tensor_slices((preprocess(expression), tissue)).shuffle(260, seed=9).batch(52)

for epoch in range(4):
    accuracy = keras.metrics.SparseCategoricalAccuracy()
    for x, y in train:
        with tf.GradientTape() as tape:
            logits = net(x, training=True)
            loss = criterion(y, logits)
        grads = tape.gradient(loss, net.trainable_variables)
        grads, _ = tf.clip_by_global_norm(grads, 1.0)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        accuracy.update_state(y, logits)
    print(f"epoch {epoch}: loss {float(loss):.4f}, accuracy {float(accuracy.result()):.3f}")
