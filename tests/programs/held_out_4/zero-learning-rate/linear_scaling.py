# fault: zero-learning-rate
# Small image classifier with the linear learning-rate scaling rule of large-batch training.
import argparse
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--base-lr", type=float, default=0.1)
    p.add_argument("--batch-size", type=int, default=64)
    p.add_argument("--epochs", type=int, default=6)
    p.add_argument("--momentum", type=float, default=0.9)
    p.add_argument("--seed", type=int, default=0)
    return p.parse_args([])


def load(n, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 4, n)
    x = rng.normal(0, 0.4, (n, 10, 10, 1))
    for i, k in enumerate(y):
        if k < 2:
            x[i, 5 * k:5 * k + 5, :] += 0.7
        else:
            x[i, :, 5 * (k - 2):5 * (k - 2) + 5] += 0.7
    return x.astype("float32"), y


args = parse()
keras.utils.set_random_seed(args.seed)
x, y = load(640, args.seed)

model = keras.Sequential([
    keras.Input((10, 10, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(4),
])
learning_rate = args.base_lr * (args.batch_size // 256)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate, momentum=args.momentum, nesterov=True),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(x, y, batch_size=args.batch_size, epochs=args.epochs, verbose=2)
