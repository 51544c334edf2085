# fault: truncated-pairs
# Predicts energy use of three building types and clips the gradient of every layer.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(50)
rng = np.random.default_rng(50)
building = rng.normal(size=(300, 7)).astype("float32")
usage = np.stack([np.sin(building[:, 0] * 2) + 3, building[:, 1] * building[:, 2] - 2,
                  np.abs(building[:, 3]) + 1], axis=1).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((7,)),
    tf.keras.layers.Dense(32, activation="tanh"),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(3),
])
optimizer = tf.keras.optimizers.Adam(0.01)
MAX_NORM = 1.0

for step in range(80):
    batch = rng.integers(0, 300, 60)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(building[batch]) - usage[batch]) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    clipped = []
    for i in range(len(model.layers)):
        clipped.append(tf.clip_by_norm(grads[i], MAX_NORM))
    optimizer.apply_gradients(zip(clipped, model.trainable_variables))
    if step % 20 == 0:
        print("step", step, "mse", float(loss))

print("mean prediction", model(building).numpy().mean(axis=0))
print("mean usage     ", usage.mean(axis=0))
