# fault: double-softmax
# A gated mixture of expert classifiers in a custom loop.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)
label = rng.integers(0, 4, 320)
x = (rng.normal(size=(4, 8))[label] * 1.5 + rng.normal(size=(320, 8)) * 0.5).astype("float32")

class Mixture(keras.Model):
    def __init__(self):
        super().__init__()
        self.experts = [keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(4, activation="softmax")]) for _ in range(3)]
        self.gate = layers.Dense(3, activation="softmax")

    def call(self, x):
        votes = tf.stack([e(x) for e in self.experts], axis=1)
        return tf.reduce_sum(votes * self.gate(x)[:, :, None], axis=1)


model = Mixture()
opt = keras.optimizers.Adam(0.01)
for epoch in range(4):
    for i in range(0, 320, 40):
        with tf.GradientTape() as tape:
            out = model(x[i:i + 40])
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label[i:i + 40], logits=out))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
    print(epoch, float(loss))
