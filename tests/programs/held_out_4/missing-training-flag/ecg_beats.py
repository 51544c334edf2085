# fault: missing-training-flag
# Heart-beat classification with batch normalisation and dropout, explicit training loop.
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers, losses, metrics, optimizers

tf.keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)
time = np.linspace(0, 1, 32)
kind = rng.integers(0, 3, 480)
width = np.array([0.04, 0.09, 0.16])[kind][:, None]
beats = 3.0 * np.exp(-((time - 0.5) / width) ** 2) + 1.0 + 0.6 * rng.normal(size=(480, 32))
beats = beats[..., None].astype("float32")

model = Sequential([
    layers.Input((32, 1)),
    layers.BatchNormalization(),
    layers.Conv1D(12, 5, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.GlobalAveragePooling1D(),
    layers.Dropout(0.2),
    layers.Dense(3),
])
loss_fn = losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = optimizers.Adam(5e-3)
train_acc, val_acc = metrics.SparseCategoricalAccuracy(), metrics.SparseCategoricalAccuracy()
train = tf.data.Dataset.from_tensor_slices((beats[:400], kind[:400])).shuffle(400, seed=1).batch(40)
val = tf.data.Dataset.from_tensor_slices((beats[400:], kind[400:])).batch(40)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x)
        loss = loss_fn(y, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    train_acc.update_state(y, logits)
    return loss


for epoch in range(10):
    train_acc.reset_state()
    val_acc.reset_state()
    mean = np.mean([float(train_step(x, y)) for x, y in train])
    for x, y in val:
        val_acc.update_state(y, model(x, training=False))
    print(f"epoch {epoch} loss {mean:.4f} acc {float(train_acc.result()):.3f} val acc {float(val_acc.result()):.3f}")
