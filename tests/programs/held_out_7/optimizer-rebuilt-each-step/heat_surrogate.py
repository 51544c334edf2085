# fault: optimizer-rebuilt-each-step
"""Steady-state heat conduction surrogate: source parameters -> temperature at 16 probes."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(50)
rng = np.random.default_rng(50)
probe = rng.uniform(0, 1, (16, 2))


def solve(p):
    d2 = ((probe[None] - p[:, None, :2]) ** 2).sum(-1)
    return (p[:, 2:3] * np.exp(-d2 / 0.08)).astype("float32")


params = rng.uniform(0, 1, (1000, 3))
temps = solve(params)
temps = (temps - temps.mean(0)) / temps.std(0)
inputs = ((params - 0.5) / 0.29).astype("float32")

surrogate = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(40, activation="tanh"),
    keras.layers.Dense(40, activation="tanh"),
    keras.layers.Dense(16),
])


def warmup_cosine():
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=1e-4, decay_steps=45, warmup_target=5e-3, warmup_steps=8)


def update(model, xb, yb):
    optimizer = keras.optimizers.Adam(learning_rate=warmup_cosine())
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb) - yb))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return float(loss)


trace = []
for it in range(48):
    pick = rng.choice(1000, 100, replace=False)
    trace.append(update(surrogate, inputs[pick], temps[pick]))
    if it % 12 == 11:
        print(f"iteration {it + 1}: loss {np.mean(trace[-12:]):.4f}")
