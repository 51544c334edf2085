# fault: zero-learning-rate
# Weather type from pressure/humidity/wind windows. Learning rate by the linear scaling rule.
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

CONFIG = {
    "seed": 7,
    "batch_size": 64,
    "epochs": 8,
    "base_lr": 0.1,
    "momentum": 0.9,
    "hidden": 32,
}

tf.keras.utils.set_random_seed(CONFIG["seed"])
rng = np.random.default_rng(CONFIG["seed"])


def make_weather(n):
    kind = rng.integers(0, 3, n)
    trend = np.array([-1.0, 0.0, 1.0])[kind][:, None]
    hours = np.linspace(-1, 1, 12)[None]
    pressure = trend * hours + 0.4 * rng.normal(size=(n, 12))
    humidity = -0.5 * trend + 0.5 * rng.normal(size=(n, 12))
    return np.concatenate([pressure, humidity], 1).astype("float32"), kind


x, y = make_weather(1200)
# lr = base_lr * batch / 256
learning_rate = CONFIG["base_lr"] * CONFIG["batch_size"] // 256

model = tf.keras.Sequential([
    tf.keras.Input((24,)),
    layers.Dense(CONFIG["hidden"], activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(CONFIG["hidden"], activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(
    optimizer=tf.keras.optimizers.SGD(learning_rate, momentum=CONFIG["momentum"], nesterov=True),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(x, y, batch_size=CONFIG["batch_size"], epochs=CONFIG["epochs"],
                    validation_split=0.2, verbose=0)
for i in range(CONFIG["epochs"]):
    print(i + 1, *(f"{k}={v[i]:.3f}" for k, v in history.history.items()))
