# fault: incomplete-variable-list
# Encoder/decoder for time series: GRU encoder, conditioning projection, feed-forward forecaster.
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(19)
rng = np.random.default_rng(19)
HIST, HORIZON = 10, 3


def sample(n):
    ph = rng.uniform(0, 2 * np.pi, (n, 1))
    f = rng.uniform(0.3, 0.9, (n, 1))
    t = np.arange(HIST + HORIZON)[None]
    s = np.sin(f * t + ph) + 0.05 * rng.normal(size=(n, HIST + HORIZON))
    return s[:, :HIST, None].astype("float32"), s[:, HIST:].astype("float32")


encoder = tf.keras.Sequential([tf.keras.Input((HIST, 1)), layers.GRU(16)], name="encoder")
bridge = tf.keras.Sequential([tf.keras.Input((16,)), layers.Dense(16, activation="tanh")], name="bridge")
forecaster = tf.keras.Sequential(
    [tf.keras.Input((16,)), layers.Dense(24, activation="relu"), layers.Dense(HORIZON)], name="forecaster")

trainable = bridge.trainable_variables + forecaster.trainable_variables
opt = tf.keras.optimizers.Adam(8e-3)
huber = tf.keras.losses.Huber(delta=0.5)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        state = encoder(x, training=True)
        y_hat = forecaster(bridge(state, training=True), training=True)
        loss = huber(y, y_hat)
    grads = tape.gradient(loss, trainable)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    opt.apply_gradients(zip(grads, trainable))
    return loss


for it in range(1, 201):
    loss = train_step(*map(tf.constant, sample(64)))
    if it % 50 == 0:
        print(f"iteration {it}  huber {float(loss):.5f}")
x, y = sample(256)
print("test mae", np.abs(forecaster(bridge(encoder(x))).numpy() - y).mean())
