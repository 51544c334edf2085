# fault: broadcast-loss
"""Robust regression of apartment prices with a hand-written Huber loss in a Keras training
loop."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(105)
rng = np.random.default_rng(105)
features = rng.normal(size=(240, 4)).astype("float32")
price = features[:, 0] + 0.5 * np.maximum(features[:, 1], 0)
price += 3.0 * (rng.random(240) < 0.03)
train = tf.data.Dataset.from_tensor_slices((features, price.astype("float32")))
train = train.shuffle(240, seed=105).batch(40)

inputs = keras.Input((4,))
x = keras.layers.Dense(24, activation="relu")(inputs)
outputs = keras.layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
optimizer = keras.optimizers.Adam(0.01)


def huber(y_true, y_pred, delta=1.0):
    error = y_true - y_pred
    quadratic = tf.minimum(tf.abs(error), delta)
    linear = tf.abs(error) - quadratic
    return tf.reduce_mean(0.5 * quadratic ** 2 + delta * linear)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = huber(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(10):
    losses = [float(train_step(xb, yb)) for xb, yb in train]
    print(f"epoch {epoch}: {np.mean(losses):.4f}")
print("correlation:", np.corrcoef(model(features).numpy().ravel(), price)[0, 1])
