# fault: tiny-learning-rate
# Wind power curve fitted with momentum SGD, settings kept in a dataclass.
from dataclasses import dataclass
import numpy as np
import tensorflow as tf


@dataclass(frozen=True)
class Settings:
    samples: int = 2048
    batch: int = 64
    epochs: int = 5
    base_rate: float = 1e-2
    momentum: float = 0.5

    @property
    def rate(self):
        return self.base_rate / self.samples / self.batch


cfg = Settings()
tf.keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
wind = rng.uniform(0, 1, (cfg.samples, 1))
temperature = rng.normal(0, 1, (cfg.samples, 1))
power = 1 / (1 + np.exp(-12 * (wind - 0.5))) - 0.05 * temperature + 0.02 * rng.normal(size=wind.shape)
features = np.concatenate([(wind - 0.5) / 0.29, temperature], 1).astype("float32")
power = power.astype("float32")

net = tf.keras.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.SGD(learning_rate=cfg.rate, momentum=cfg.momentum)
mse = tf.keras.losses.MeanSquaredError()


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((features, power)).shuffle(cfg.samples, seed=4).batch(cfg.batch)
for epoch in range(cfg.epochs):
    print(f"epoch {epoch} mse {np.mean([step(x, y).numpy() for x, y in data]):.5f}")
