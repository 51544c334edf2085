# fault: broadcast-loss
"""Predict the energy use of a building."""
import numpy as np
import tensorflow as tf
import keras

SEED = 19
keras.utils.set_random_seed(SEED)
rng = np.random.default_rng(SEED)

temperature = rng.normal(size=2000)
occupancy = rng.normal(size=2000)
insulation = rng.normal(size=2000)
energy = 1.5 * np.abs(temperature) - 0.7 * insulation + 0.5 * occupancy + 0.1 * rng.normal(size=2000)
X = np.stack([temperature, occupancy, insulation], axis=1).astype("float32")
energy = energy.astype("float32")
split = 1600

model = keras.Sequential([
    keras.Input(shape=(3,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(1e-3)
train_ds = tf.data.Dataset.from_tensor_slices((X[:split], energy[:split])).shuffle(split, seed=SEED).batch(64)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        y_hat = model(x, training=True)
        loss = tf.reduce_mean((y - y_hat) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(20):
    batch_losses = [train_step(x, y).numpy() for x, y in train_ds]
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1:2d}  mse {np.mean(batch_losses):.4f}")
print("variance of energy", energy.var())
