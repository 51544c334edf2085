# fault: ignored-layer-losses
"""Digit-like classifier with a sparsity regulariser on the hidden code and a custom train_step."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(30)
rng = np.random.default_rng(30)
prototypes = rng.normal(size=(4, 20))
target = rng.integers(0, 4, size=200)
images = (prototypes[target] + 0.5 * rng.normal(size=(200, 20))).astype("float32")


class SparseClassifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.code = keras.layers.Dense(
            30, activation="relu", activity_regularizer=keras.regularizers.L1(0.02))
        self.logits = keras.layers.Dense(4)
        self.cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.mean_loss = keras.metrics.Mean(name="loss")

    def call(self, x):
        return self.logits(self.code(x))

    @property
    def metrics(self):
        return [self.mean_loss]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            scores = self(x, training=True)
            loss = self.cross_entropy(y, scores)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.mean_loss.update_state(loss)
        return {"loss": self.mean_loss.result()}


model = SparseClassifier()
model.compile(optimizer=keras.optimizers.Adam(0.01))
history = model.fit(images, target, batch_size=50, epochs=8, verbose=0)
print([round(v, 3) for v in history.history["loss"]])
activation = model.code(images).numpy()
print("share of active units", float((activation > 0).mean()))
