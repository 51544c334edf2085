# fault: nan-in-data
"""Multi-output sensor model; targets come from a merged table, trained with a custom loop."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(47)
rng = np.random.default_rng(47)
signal = rng.normal(size=(96, 7)).astype("float32")
outputs = (signal @ rng.normal(size=(7, 3))).astype("float32")
outputs[rng.choice(96, size=5, replace=False), 1] = float("nan")

pairs = tf.data.Dataset.from_tensor_slices((signal, outputs)).shuffle(96, seed=47).batch(24)


class SensorModel(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = tf.keras.layers.Dense(16, activation="swish")
        self.head = tf.keras.layers.Dense(3)

    def call(self, x):
        return self.head(self.trunk(x))


model = SensorModel()
optimizer = tf.keras.optimizers.Adam(0.01)
for epoch in range(5):
    for x, y in pairs:
        with tf.GradientTape() as tape:
            squared = tf.square(y - model(x, training=True))
            loss = tf.reduce_mean(squared)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("epoch", epoch, "loss", float(loss))
