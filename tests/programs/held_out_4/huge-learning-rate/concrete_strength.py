# fault: huge-learning-rate
# Compressive strength of concrete from the mixture, training loop over a tf.data pipeline.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(38)
rng = np.random.default_rng(38)
N = 800
cement, water, ash, age, agg = rng.normal(size=(5, N))
strength = cement - 0.8 * water + 0.4 * ash * (age > 0) + 0.6 * np.tanh(2 * age) + 0.1 * rng.normal(size=N)
X = np.stack([cement, water, ash, age, agg], 1).astype("float32")
y = ((strength - strength.mean()) / strength.std()).astype("float32")[:, None]
train = tf.data.Dataset.from_tensor_slices((X[:640], y[:640])).shuffle(640, seed=3).batch(64)
test = (X[640:], y[640:])

inputs = keras.Input((5,))
h = keras.layers.Dense(48, activation="tanh")(inputs)
h = keras.layers.Dense(24, activation="tanh")(h)
model = keras.Model(inputs, keras.layers.Dense(1)(h))
optimizer = keras.optimizers.RMSprop(learning_rate=1.0)
loss_fn = keras.losses.MeanSquaredError()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    return loss


for epoch in range(15):
    losses = [train_step(xb, yb).numpy() for xb, yb in train]
    if epoch % 2 == 0:
        print(f"epoch {epoch:2d} train {np.mean(losses):.3f} test {float(loss_fn(test[1], model(test[0]))):.3f}")
