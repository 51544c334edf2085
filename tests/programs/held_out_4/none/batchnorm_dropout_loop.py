# fault: none
# Explicit loop with batch normalisation and dropout, separate train and evaluation passes, Huber loss.
import argparse
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, metrics, optimizers, Sequential

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--lr", type=float, default=5e-3)
parser.add_argument("--dropout", type=float, default=0.1)
args, _ = parser.parse_known_args()

tf.keras.utils.set_random_seed(120)
rng = np.random.default_rng(120)
X = (rng.normal(size=(700, 7)) * rng.uniform(0.5, 2.0, 7) + rng.uniform(-1, 1, 7)).astype("float32")
y = (np.sin(X[:, 0]) + 0.5 * X[:, 1] + 0.1 * rng.normal(size=700)).astype("float32")[:, None]

model = Sequential([layers.Input((7,)), layers.BatchNormalization()])
for width in (32, 32):
    model.add(layers.Dense(width, use_bias=False))
    model.add(layers.BatchNormalization(momentum=0.9))
    model.add(layers.Activation("relu"))
    model.add(layers.Dropout(args.dropout))
model.add(layers.Dense(1))
huber, optimizer = losses.Huber(), optimizers.AdamW(args.lr, weight_decay=1e-3)
train_mean, val_mean = metrics.Mean(), metrics.Mean()
train = tf.data.Dataset.from_tensor_slices((X[:560], y[:560])).shuffle(560, seed=6).batch(56)
val = tf.data.Dataset.from_tensor_slices((X[560:], y[560:])).batch(70)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = huber(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    train_mean.update_state(loss)


@tf.function
def val_step(xb, yb):
    val_mean.update_state(huber(yb, model(xb, training=False)))


for epoch in range(args.epochs):
    train_mean.reset_state(), val_mean.reset_state()
    for batch in train:
        train_step(*batch)
    for batch in val:
        val_step(*batch)
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} train {float(train_mean.result()):.4f} val {float(val_mean.result()):.4f}")
