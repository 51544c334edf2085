# fault: none
# Warm-up from exactly zero, cosine decay down to 1e-9 at the last step
import math
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(204)
rng = np.random.default_rng(204)
X = rng.uniform(-1, 1, (960, 4)).astype("float32")
Y = np.sin(2.5 * X[:, 0]) + X[:, 1] * X[:, 2] - 0.5 * X[:, 3] ** 2
Y = ((Y - Y.mean()) / Y.std()).astype("float32")[:, None]

EPOCHS, BATCH = 10, 48
TOTAL = EPOCHS * len(X) // BATCH


class WarmupCosine(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup, total, floor=1e-9):
        self.peak, self.warmup, self.total, self.floor = peak, warmup, total, floor

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        up = self.peak * step / self.warmup
        frac = tf.clip_by_value((step - self.warmup) / (self.total - self.warmup), 0.0, 1.0)
        down = self.floor + 0.5 * (self.peak - self.floor) * (1.0 + tf.cos(math.pi * frac))
        return tf.where(step < self.warmup, up, down)

    def get_config(self):
        return dict(peak=self.peak, warmup=self.warmup, total=self.total, floor=self.floor)


net = tf.keras.Sequential([
    tf.keras.Input((4,)),
    tf.keras.layers.Dense(48, activation="swish"),
    tf.keras.layers.Dense(48, activation="swish"),
    tf.keras.layers.Dense(1),
])
schedule = WarmupCosine(8e-3, 20, TOTAL)
net.compile(optimizer=tf.keras.optimizers.Adam(schedule), loss="mse")


class Rate(tf.keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        step = int(self.model.optimizer.iterations)
        print(f"epoch {epoch + 1:2d} loss {logs['loss']:.4f} rate {float(schedule(step)):.2e}")


net.fit(X, Y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[Rate()])
