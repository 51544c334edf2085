# fault: numpy-round-trip
# Activity recognition from accelerometer windows with standardised embeddings.
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
n, steps, classes = 480, 24, 3
y = rng.integers(0, classes, n)
t = np.linspace(0, 1, steps)
freq = np.array([1.0, 2.5, 5.0])[y]
x = np.stack([np.sin(2 * np.pi * freq[:, None] * t + rng.uniform(0, 6.28, (n, 1))) for _ in range(3)], -1)
x = (x + rng.normal(0, 0.3, x.shape)).astype("float32")


class ActivityNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = tf.keras.Sequential(
            [layers.Conv1D(12, 5, activation="relu"), layers.Conv1D(12, 5, activation="relu"), layers.GlobalAveragePooling1D()])
        self.classifier = tf.keras.Sequential([layers.Dense(24, activation="relu"), layers.Dense(classes)])

    def standardise(self, z):
        z = np.asarray(z)
        return (z - z.mean(axis=0)) / (z.std(axis=0) + 1e-5)

    def call(self, inputs, training=False):
        z = self.encoder(inputs, training=training)
        z = self.standardise(z)
        return self.classifier(z, training=training)


model = ActivityNet()
optimizer = tf.keras.optimizers.Adam(3e-3)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = tf.keras.metrics.SparseCategoricalAccuracy()

for epoch in range(6):
    acc.reset_state()
    order = rng.permutation(n)
    for start in range(0, n, 48):
        idx = order[start:start + 48]
        with tf.GradientTape() as tape:
            logits = model(x[idx], training=True)
            loss = loss_fn(y[idx], logits)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        acc.update_state(y[idx], logits)
    print(f"epoch {epoch + 1}: loss {float(loss):.4f} acc {float(acc.result()):.3f}")
