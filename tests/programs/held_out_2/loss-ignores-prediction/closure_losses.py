# fault: loss-ignores-prediction
# Predicts three vital signs at once; every sign has its own weight in the loss.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(88)
rng = np.random.default_rng(88)
signals = rng.normal(size=(288, 12)).astype("float32")
targets = {
    "pulse": np.tanh(signals[:, :1] + signals[:, 1:2]),
    "pressure": signals[:, 2:3] * 0.8 - 0.3,
    "oxygen": np.cos(signals[:, 3:4]),
}
targets = {k: v.astype("float32") for k, v in targets.items()}
importance = {"pulse": 1.0, "pressure": 0.7, "oxygen": 1.3}

x_in = keras.Input((12,))
trunk = keras.layers.Dense(24, activation="relu")(x_in)
heads = {name: keras.layers.Dense(1, name=name)(keras.layers.Dense(10, activation="relu", name=name + "_h")(trunk))
         for name in targets}
model = keras.Model(x_in, heads)

criteria = []
for name, weight in importance.items():
    criteria.append(lambda truth, guess: weight * tf.reduce_mean((truth[name] - guess[name]) ** 2))

optimizer = keras.optimizers.Adam(5e-3)


def train_step(x, truth):
    with tf.GradientTape() as tape:
        guess = model(x, training=True)
        loss = tf.add_n([criterion(truth, guess) for criterion in criteria])
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients((g, v) for g, v in zip(grads, model.trainable_variables) if g is not None)
    return loss


data = tf.data.Dataset.from_tensor_slices((signals, targets)).batch(48)
for epoch in range(5):
    mean_loss = np.mean([float(train_step(x, t)) for x, t in data])
    guess = model(signals)
    errors = {k: round(float(tf.reduce_mean((guess[k] - targets[k]) ** 2)), 3) for k in targets}
    print(f"epoch {epoch} loss {mean_loss:.4f}", errors)
