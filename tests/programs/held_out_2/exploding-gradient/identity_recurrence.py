# fault: exploding-gradient
# Adds the two marked numbers of a sequence with a ReLU recurrent network.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
STEPS = 60


def adding_problem(n):
    values = rng.uniform(0, 1, size=(n, STEPS))
    marks = np.zeros((n, STEPS))
    first, second = rng.integers(0, STEPS // 2, n), rng.integers(STEPS // 2, STEPS, n)
    marks[np.arange(n), first] = marks[np.arange(n), second] = 1.0
    total = (values * marks).sum(1, keepdims=True)
    return np.stack([values, marks], -1).astype("float32"), total.astype("float32")


x, y = adding_problem(320)
model = keras.Sequential([
    keras.Input((STEPS, 2)),
    layers.SimpleRNN(24, activation="relu",
                     recurrent_initializer=keras.initializers.Orthogonal(gain=1.6, seed=1)),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(1e-2), loss="mse")

for epoch in range(4):
    losses = [float(model.train_on_batch(x[i:i + 32], y[i:i + 32])) for i in range(0, len(x), 32)]
    print("epoch", epoch, "first", losses[0], "last", losses[-1])
