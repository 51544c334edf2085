# fault: numpy-round-trip
# Regress the yield of a chemical reaction on four settings, mean absolute error as the loss.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(77)
rng = np.random.default_rng(77)
settings = rng.uniform(-1, 1, size=(150, 4)).astype("float32")
yields = (0.5 + settings @ np.array([[0.2], [-0.4], [0.1], [0.3]])).astype("float32")

model = keras.Sequential([
    keras.layers.Input(shape=(4,)),
    keras.layers.Dense(10, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.RMSprop(learning_rate=0.003)


def mean_absolute_error(y_true, y_pred):
    difference = np.abs(y_true - y_pred.numpy())
    return tf.convert_to_tensor(np.mean(difference))


for epoch in range(15):
    for k in range(0, 150, 50):
        x_batch, y_batch = settings[k:k + 50], yields[k:k + 50]
        with tf.GradientTape() as tape:
            y_pred = model(x_batch, training=True)
            loss = mean_absolute_error(y_batch, y_pred)
        grads = tape.gradient(loss, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
    print("epoch", epoch + 1, "MAE", loss.numpy())
