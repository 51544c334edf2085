# fault: unzipped-gradients
# one-step-ahead forecasting of a noisy seasonal series with a GRU
import numpy as np
import tensorflow as tf

tf.random.set_seed(4)
np.random.seed(4)
t = np.arange(700)
series = np.sin(2 * np.pi * t / 24) + 0.5 * np.sin(2 * np.pi * t / 7) + 0.1 * np.random.randn(700)
series = ((series - series.mean()) / series.std()).astype("float32")
W = 24
windows = np.lib.stride_tricks.sliding_window_view(series, W + 1)
X, y = windows[:, :W, None].copy(), windows[:, W:].copy()

ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1000, seed=2).batch(32, drop_remainder=True).repeat(4)

model = tf.keras.Sequential([tf.keras.Input((W, 1)), tf.keras.layers.GRU(16), tf.keras.layers.Dense(1)])
huber = tf.keras.losses.Huber()
rmsprop = tf.keras.optimizers.RMSprop(2e-3)


def update(xb, yb):
    with tf.GradientTape() as tape:
        loss = huber(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    rmsprop.apply_gradients((grads, model.trainable_variables))
    return loss


for n, (xb, yb) in enumerate(ds):
    loss = update(xb, yb)
    if n % 20 == 0:
        print(n, float(loss))
