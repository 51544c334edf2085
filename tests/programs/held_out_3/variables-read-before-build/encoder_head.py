# fault: variables-read-before-build
# Predicts two crop yields per field with an encoder and a head trained by one optimizer.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
fields = rng.normal(size=(256, 5)).astype("float32")
a = rng.normal(size=(5, 2))
yields = (3.0 * np.tanh(fields @ a) + [2.0, -1.5]).astype("float32")

encoder = tf.keras.Sequential([
    tf.keras.Input(shape=(5,)),
    tf.keras.layers.Dense(12, activation="tanh"),
])
head = tf.keras.Sequential([
    tf.keras.layers.Dense(8, activation="tanh"),
    tf.keras.layers.Dense(2),
])

variables = encoder.trainable_variables + head.trainable_variables
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
mse = tf.keras.losses.MeanSquaredError()

data = tf.data.Dataset.from_tensor_slices((fields, yields)).batch(64).repeat(15)
for step, (x, y) in enumerate(data):
    with tf.GradientTape() as tape:
        prediction = head(encoder(x))
        loss = mse(y, prediction)
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
    if step % 10 == 0:
        print(f"step {step}: loss {loss:.4f}")

print("last predictions", prediction[:3].numpy().round(2).tolist())
print("last targets    ", y[:3].numpy().round(2).tolist())
