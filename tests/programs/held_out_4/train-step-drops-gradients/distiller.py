# fault: train-step-drops-gradients
# Knowledge distillation with a custom Model class.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(64)
rng = np.random.default_rng(64)
X = rng.normal(size=(640, 10)).astype("float32")
y = np.argmax(np.tanh(X @ rng.normal(size=(10, 6))) @ rng.normal(size=(6, 4)), axis=1)


def classifier(widths):
    return keras.Sequential([keras.Input((10,))] + [layers.Dense(w, activation="relu") for w in widths] + [layers.Dense(4)])


class Distiller(keras.Model):
    def __init__(self, student, teacher, alpha=0.3, temperature=3.0):
        super().__init__()
        self.student, self.teacher = student, teacher
        self.teacher.trainable = False
        self.alpha, self.temperature = alpha, temperature
        self.hard = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.loss_tracker = keras.metrics.Mean(name="distill_loss")
        self.acc = keras.metrics.SparseCategoricalAccuracy(name="acc")

    def call(self, x):
        return self.student(x)

    @property
    def metrics(self):
        return [self.loss_tracker, self.acc]

    def train_step(self, data):
        x, labels = data
        soft = tf.nn.softmax(self.teacher(x, training=False) / self.temperature)
        with tf.GradientTape() as tape:
            logits = self.student(x, training=True)
            distill = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(soft, logits / self.temperature))
            loss = self.alpha * self.hard(labels, logits) + (1 - self.alpha) * distill * self.temperature
        gradients = tape.gradient(loss, self.student.trainable_variables)
        gradients = [tf.clip_by_norm(g, 1.0) for g in gradients]
        self.loss_tracker.update_state(loss)
        self.acc.update_state(labels, logits)
        return {m.name: m.result() for m in self.metrics}


teacher = classifier([64, 64])
teacher.compile(keras.optimizers.Adam(5e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
teacher.fit(X, y, epochs=6, batch_size=64, verbose=0)
print("teacher", teacher.evaluate(X, y, verbose=0))
distiller = Distiller(classifier([24]), teacher)
distiller.compile(optimizer=keras.optimizers.Adam(5e-3))
log = distiller.fit(X, y, epochs=8, batch_size=64, verbose=0).history
print("student accuracy per epoch", np.round(log["acc"], 3))
