# fault: zero-initialised
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers, Input

tf.keras.utils.set_random_seed(48)
rng = np.random.default_rng(48)

# synthetic soil moisture: 9 satellite channels (already standardised), one target
X = rng.normal(size=(1500, 9)).astype("float32")
m = 0.6 * X[:, 0] - 0.9 * X[:, 4] + 0.5 * X[:, 1] * X[:, 2] + 0.1 * rng.normal(size=1500)
y = ((m - m.mean()) / m.std() + 0.8).astype("float32")

# reproducible start: no random initialisers anywhere
net = Sequential([
    Input((9,)),
    layers.Dense(32, activation="tanh", kernel_initializer="zeros", bias_initializer="zeros"),
    layers.Dense(16, activation="tanh", kernel_initializer="zeros", bias_initializer="zeros"),
    layers.Dense(1, kernel_initializer="zeros", bias_initializer="zeros"),
])
net.compile(optimizer=tf.keras.optimizers.Adam(5e-3), loss="mse")

history = net.fit(
    X[:1200], y[:1200],
    validation_data=(X[1200:], y[1200:]),
    epochs=10,
    batch_size=60,
    verbose=0,
)
print("loss    ", np.round(history.history["loss"], 4))
print("val loss", np.round(history.history["val_loss"], 4))
print("variance of y", y.var())
print("predictions range from", net.predict(X, verbose=0).min(), "to", net.predict(X, verbose=0).max())
