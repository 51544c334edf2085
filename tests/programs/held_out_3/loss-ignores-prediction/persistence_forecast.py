# fault: loss-ignores-prediction
# Forecasts the next power reading from twelve past ones and compares with the persistence forecast.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(120)
rng = np.random.default_rng(120)
t = np.arange(500)
power = np.sin(t / 5.0) + 0.3 * np.sin(t / 1.7) + rng.normal(scale=0.05, size=500)
windows = np.lib.stride_tricks.sliding_window_view(power, 13).astype("float32")
past, future = windows[:, :12], windows[:, 12:]

reg = keras.regularizers.L2(1e-3)
model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(16, activation="tanh", kernel_regularizer=reg),
    keras.layers.Dense(1, kernel_regularizer=reg),
])
mse = keras.losses.MeanSquaredError()
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def step(x, y):
    baseline = x[:, -1:]
    with tf.GradientTape() as tape:
        forecast = model(x, training=True)
        loss = mse(y, baseline) + tf.add_n(model.losses)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(
        [(g, v) for g, v in zip(grads, model.trainable_variables) if g is not None])
    return loss, mse(y, forecast), mse(y, baseline)


for epoch in range(60):
    i = rng.integers(0, len(past), 100)
    loss, model_error, base_error = step(tf.constant(past[i]), tf.constant(future[i]))
    if epoch % 10 == 0:
        print(f"{epoch:2d} loss {loss:.4f} model {model_error:.4f} persistence {base_error:.4f}")
