# fault: none
"""Regularised network in a custom loop: the penalties of the layers are part of the objective."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(110)
rng = np.random.default_rng(110)
x = rng.normal(size=(120, 8)).astype("float32")
y = (x[:, :1] * 2.0 - x[:, 1:2] + 0.2 * rng.normal(size=(120, 1))).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((8,)),
    tf.keras.layers.Dense(
        24, activation="relu", kernel_regularizer=tf.keras.regularizers.L2(0.005)),
    tf.keras.layers.ActivityRegularization(l1=1e-4),
    tf.keras.layers.Dense(1),
])
mse = tf.keras.losses.MeanSquaredError()
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(inputs, targets):
    with tf.GradientTape() as tape:
        data_loss = mse(targets, model(inputs, training=True))
        loss = data_loss + tf.add_n(model.losses)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, data_loss


for epoch in range(12):
    for i in range(0, 120, 40):
        loss, data_loss = train_step(x[i:i + 40], y[i:i + 40])
    print(f"epoch {epoch} loss {float(loss):.4f} data {float(data_loss):.4f}")
