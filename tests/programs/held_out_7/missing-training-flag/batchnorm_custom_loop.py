# fault: missing-training-flag
"""Small residual net with batch normalisation and dropout, custom training loop."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(131)
rng = np.random.default_rng(131)
x = rng.normal(size=(1200, 12)).astype("float32")
score = x[:, 0] * x[:, 1] + np.abs(x[:, 2]) - 0.5 * x[:, 3]
y = np.digitize(score, np.quantile(score, [0.33, 0.66])).astype("int64")


def residual_block(t, width):
    s = t
    t = layers.Dense(width, use_bias=False)(t)
    t = layers.BatchNormalization(momentum=0.9)(t)
    t = layers.Activation("relu")(t)
    t = layers.Dropout(0.1)(t)
    t = layers.Dense(width, use_bias=False)(t)
    t = layers.BatchNormalization(momentum=0.9)(t)
    return layers.Activation("relu")(layers.add([s, t]))


inp = tf.keras.Input((12,))
h = layers.Dense(32)(inp)
h = residual_block(h, 32)
model = tf.keras.Model(inp, layers.Dense(3)(h))

cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(2e-3)


@tf.function
def train_on_batch(xb, yb):
    with tf.GradientTape() as tape:
        logits = model(xb)
        loss = cross_entropy(yb, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x[:1000], y[:1000])).shuffle(1000, seed=13).batch(50)
for epoch in range(6):
    losses = [float(train_on_batch(xb, yb)) for xb, yb in ds]
    val = np.mean(model(x[1000:], training=False).numpy().argmax(1) == y[1000:])
    print(f"epoch {epoch + 1} loss {np.mean(losses):.4f} val acc {val:.3f}")
