# fault: numpy-in-graph
# Predicts the 90% quantile of delivery delays with a pinball loss.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(400)
rng = np.random.default_rng(400)
route = rng.normal(size=(320, 4)).astype("float32")
delay = (route[:, :1] + rng.gamma(2.0, 0.5, size=(320, 1))).astype("float32")
QUANTILE = 0.9


def pinball(y_true, y_pred):
    error = y_true - y_pred
    return tf.reduce_mean(np.maximum(QUANTILE * error, (QUANTILE - 1) * error))


inputs = tf.keras.Input((4,))
hidden = tf.keras.layers.Dense(16, activation="relu")(inputs)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(hidden))

check = pinball(tf.constant(delay), model(route))
print("pinball loss before training", float(check))

model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss=pinball)
history = model.fit(route, delay, batch_size=32, epochs=8, verbose=0)
print(history.history["loss"])
covered = np.mean(delay < model(route).numpy())
print("share below the predicted quantile", covered)
