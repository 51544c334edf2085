# fault: forward-outside-tape
"""Two-stage classifier: an encoder turns 12 sensor channels into features,
a small head predicts the class. Encoder and head are trained together with Adam."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)

X = rng.normal(size=(256, 12)).astype("float32")
score = np.tanh(X[:, 0] * X[:, 1]) + 0.5 * X[:, 2]
y = (score > 0).astype("int32")

encoder = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(8, activation="relu"),
], name="encoder")
head = keras.Sequential([keras.Input((8,)), layers.Dense(2)], name="head")

optimizer = keras.optimizers.Adam(0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
variables = encoder.trainable_variables + head.trainable_variables

for epoch in range(8):
    order = rng.permutation(len(X))
    for i in range(0, len(X), 64):
        idx = order[i:i + 64]
        features = encoder(X[idx], training=True)
        with tf.GradientTape() as tape:
            logits = head(features, training=True)
            loss = loss_fn(y[idx], logits)
        grads = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(grads, variables))
    print(f"epoch {epoch}: loss {float(loss):.4f}")

pred = tf.argmax(head(encoder(X)), axis=1).numpy()
print("train accuracy", (pred == y).mean())
