# fault: loss-ignores-prediction
"""Forecast the next value of a seasonal series with a dense network and L2 weight decay."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers, regularizers

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
series = np.sin(np.arange(300) / 5) + 0.1 * rng.normal(size=300)
windows = np.lib.stride_tricks.sliding_window_view(series, 11).astype("float32")
inputs, targets = windows[:, :10], windows[:, 10:]

model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(16, activation="relu", kernel_regularizer=regularizers.l2(1e-3)),
    layers.Dense(1, kernel_regularizer=regularizers.l2(1e-3)),
])
optimizer = keras.optimizers.Adam(0.005)
mse = keras.losses.MeanSquaredError()

for epoch in range(8):
    order = rng.permutation(len(inputs))
    for chunk in np.array_split(order, 5):
        x, y = inputs[chunk], targets[chunk]
        with tf.GradientTape() as tape:
            forecast = model(x, training=True)
            data_loss = mse(y, targets[chunk])
            loss = data_loss + tf.add_n(model.losses)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print(f"epoch {epoch}: loss {float(loss):.5f}")
test_error = np.mean((model(inputs).numpy() - targets) ** 2)
print("mean squared error of the forecasts:", test_error)
