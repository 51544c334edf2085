# fault: decayed-to-nothing
# dilated convolutions for multi-step forecasting, exponential decay
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(74)
t = np.arange(1200)
s = np.sin(t / 6.0) + 0.4 * np.sin(t / 2.3) + 0.15 * np.random.randn(1200)
s = ((s - s.mean()) / s.std()).astype("float32")
W, H = 32, 4
win = np.lib.stride_tricks.sliding_window_view(s, W + H)
X, y = win[:, :W, None], win[:, W:]

inp = layers.Input((W, 1))
h = inp
for dilation in (1, 2, 4):
    h = layers.Conv1D(12, 3, padding="causal", dilation_rate=dilation, activation="relu")(h)
h = layers.Lambda(lambda z: z[:, -1])(h)
model = tf.keras.Model(inp, layers.Dense(H)(h))

lr = tf.keras.optimizers.schedules.ExponentialDecay(2e-3, decay_steps=1, decay_rate=0.7)
model.compile(optimizer=tf.keras.optimizers.Adam(lr), loss="mae")
hist = model.fit(X, y, batch_size=64, epochs=8, verbose=0)
print("\n".join(f"epoch {e}: mae {v:.4f}" for e, v in enumerate(hist.history["loss"])))
