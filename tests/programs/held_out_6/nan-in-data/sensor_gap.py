# fault: nan-in-data
# temperature forecast from three sensors, windows in time order
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(87)
T = 1500
t = np.arange(T)
temp = np.sin(2 * np.pi * t / 48) + 0.1 * np.random.randn(T)
hum = -0.6 * np.roll(temp, 3) + 0.1 * np.random.randn(T)
wind = np.convolve(np.random.randn(T), np.ones(5) / 5, "same")
wind[790:794] = wind[790:794] * np.nan
table = np.stack([temp, hum, wind], 1).astype("float32")
table = (table - np.nanmean(table, 0)) / np.nanstd(table, 0)

ds = tf.keras.utils.timeseries_dataset_from_array(
    table[:-6], table[30:, 0], sequence_length=24, batch_size=32, shuffle=False)
model = tf.keras.Sequential([
    tf.keras.Input((24, 3)),
    tf.keras.layers.Conv1D(16, 5, activation="relu"),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(2e-3)
mse = tf.keras.losses.MeanSquaredError()

step = 0
for epoch in range(2):
    for x, y in ds:
        with tf.GradientTape() as tape:
            loss = mse(y[:, None], model(x, training=True))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        if step % 12 == 0:
            print("step", step, "mse", float(loss))
        step += 1
