# fault: frozen-python-state
"""Keyword spotting on toy features, rate raised step by step by hand."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
cls = rng.integers(0, 5, 1000)
means = rng.normal(size=(5, 20))
feats = (means[cls] + rng.normal(size=(1000, 20))).astype("float32")


class Trainer:
    def __init__(self, model, peak=0.1, warmup=50):
        self.model = model
        self.peak, self.warmup = peak, warmup
        self.rate = 0.0
        self.count = 0

    def advance(self):
        self.count += 1
        self.rate = self.peak * min(1.0, self.count / self.warmup)

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            logits = self.model(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
        for v, g in zip(self.model.trainable_variables, tape.gradient(loss, self.model.trainable_variables)):
            v.assign_sub(self.rate * g)
        return loss


net = keras.Sequential([keras.Input((20,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(5)])
trainer = Trainer(net)
for it in range(300):
    b = rng.integers(0, 1000, 64)
    trainer.advance()
    loss = trainer.step(tf.constant(feats[b]), tf.constant(cls[b]))
    if it % 50 == 49:
        print(it + 1, "rate", round(trainer.rate, 4), "loss", round(float(loss), 4))
