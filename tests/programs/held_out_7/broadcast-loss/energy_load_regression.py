# fault: broadcast-loss
"""Short-term electricity load: hour of day, temperature and yesterday's load -> load now."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)

n = 2000
hour = rng.integers(0, 24, n)
temp = rng.normal(15, 8, n)
yesterday = 50 + 10 * np.sin(2 * np.pi * (hour - 8) / 24) + rng.normal(0, 2, n)
load = 0.8 * yesterday + 0.02 * (temp - 18) ** 2 + rng.normal(0, 1, n)

features = np.stack([np.sin(2 * np.pi * hour / 24), np.cos(2 * np.pi * hour / 24),
                     (temp - 15) / 8, (yesterday - 50) / 8], axis=1).astype("float32")
target = ((load - load.mean()) / load.std()).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((4,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(2e-3)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        pred = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - pred))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


train = tf.data.Dataset.from_tensor_slices((features[:1600], target[:1600])).shuffle(1600, seed=3).batch(80)
for epoch in range(10):
    mean = tf.keras.metrics.Mean()
    for x, y in train:
        mean(train_step(x, y))
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1:2d} mse {float(mean.result()):.4f}")

p = model(features[1600:]).numpy().ravel()
print("test mse", np.mean((p - target[1600:]) ** 2), "variance", target[1600:].var())
