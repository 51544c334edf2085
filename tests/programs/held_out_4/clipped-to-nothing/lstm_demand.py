# fault: clipped-to-nothing
# Electricity demand, next-hour forecast with an LSTM.
from dataclasses import dataclass
import numpy as np
import tensorflow as tf
from tensorflow import keras


@dataclass
class TrainConfig:
    window: int = 12
    units: int = 16
    lr: float = 0.1
    momentum: float = 0.9
    max_grad_norm: float = 1e-5
    epochs: int = 4
    seed: int = 15


def windows(series, size):
    x = np.stack([series[i:i + size] for i in range(len(series) - size)])[..., None]
    return x.astype("float32"), series[size:].astype("float32")[:, None]


def main(cfg: TrainConfig):
    keras.utils.set_random_seed(cfg.seed)
    hours = np.arange(900)
    demand = np.sin(2 * np.pi * hours / 24) + 0.4 * np.sin(2 * np.pi * hours / 168)
    demand = demand + 0.05 * np.random.default_rng(cfg.seed).normal(size=hours.size)
    x, y = windows(demand, cfg.window)

    model = keras.Sequential([
        keras.Input((cfg.window, 1)),
        keras.layers.LSTM(cfg.units),
        keras.layers.Dense(1),
    ])
    optimizer = keras.optimizers.SGD(cfg.lr, momentum=cfg.momentum, global_clipnorm=cfg.max_grad_norm)
    model.compile(optimizer=optimizer, loss="mse")
    hist = model.fit(x, y, batch_size=64, epochs=cfg.epochs, validation_split=0.2, verbose=0)
    for e, (a, b) in enumerate(zip(hist.history["loss"], hist.history["val_loss"])):
        print(f"epoch {e} train {a:.5f} val {b:.5f}")


main(TrainConfig())
