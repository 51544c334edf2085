# fault: forward-outside-tape
# Predicts a wine quality score from eleven lab measurements with an encoder and a small head.
import numpy as np
import tensorflow as tf

tf.random.set_seed(11)
rng = np.random.default_rng(11)
measurements = rng.normal(size=(512, 11)).astype("float32")
mix = rng.normal(size=(11, 3)).astype("float32") / 3
quality = np.sum(np.sin(2 * measurements @ mix), axis=1, keepdims=True).astype("float32")

encoder = tf.keras.Sequential([
    tf.keras.Input((11,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(6, activation="tanh"),
])
head = tf.keras.Sequential([tf.keras.Input((6,)), tf.keras.layers.Dense(1)])

optimizer = tf.keras.optimizers.Adam(0.01)
params = encoder.trainable_variables + head.trainable_variables
dataset = tf.data.Dataset.from_tensor_slices((measurements, quality)).shuffle(512, seed=1).batch(64)


def train_batch(x, y):
    embedding = encoder(x, training=True)
    with tf.GradientTape() as tape:
        score = head(embedding, training=True)
        loss = tf.reduce_mean(tf.square(y - score))
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients(
        (g, v) for g, v in zip(grads, params) if g is not None)
    return loss


for epoch in range(10):
    losses = [float(train_batch(x, y)) for x, y in dataset]
    print(f"epoch {epoch + 1}: mse {np.mean(losses):.4f}")
