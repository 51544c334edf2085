# fault: optimizer-rebuilt-each-step
# Customer churn with a decaying rate computed by hand.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers, losses, optimizers

tf.keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
tenure, usage, calls, age = rng.normal(size=(4, 1000))
logit = -1.2 * tenure + 0.9 * calls * (usage < 0) + 0.3 * age
X = np.stack([tenure, usage, calls, age], 1).astype("float32")
y = (rng.random(1000) < 1 / (1 + np.exp(-2 * logit))).astype("float32")[:, None]

model = Sequential([layers.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
bce = losses.BinaryCrossentropy(from_logits=True)


def current_rate(step, start=1e-2, halve_every=40):
    return start * 0.5 ** (step / halve_every)


def train_on_batch(xb, yb, step):
    optimizer = optimizers.Adam(learning_rate=current_rate(step))
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return float(loss)


history = []
for step in range(40):
    pick = rng.integers(0, 1000, 50)
    history.append(train_on_batch(X[pick], y[pick], step))
    if (step + 1) % 10 == 0:
        print(f"step {step + 1:3d}  mean loss {np.mean(history[-10:]):.4f}")
