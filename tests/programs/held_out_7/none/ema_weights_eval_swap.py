# fault: none
"""Exponential moving average of the weights; the averages are swapped in for evaluation only."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(205)
np.random.seed(205)
x = np.random.randn(900, 6).astype(np.float32)
y = ((x[:, 0] * x[:, 1] + x[:, 2]) > 0).astype(np.float32)[:, None]
flip = np.random.rand(900, 1) < 0.05
y_noisy = np.where(flip, 1 - y, y).astype(np.float32)

model = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(5e-3)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
shadow = [tf.Variable(v.numpy(), trainable=False) for v in model.trainable_variables]
DECAY = 0.97


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    for s, v in zip(shadow, model.trainable_variables):
        s.assign(DECAY * s + (1 - DECAY) * v)
    return loss


def accuracy():
    return float(np.mean((model(x[700:]).numpy() > 0) == (y[700:] > 0.5)))


def accuracy_with_shadow():
    backup = [v.numpy().copy() for v in model.trainable_variables]
    for v, s in zip(model.trainable_variables, shadow):
        v.assign(s)
    acc = accuracy()
    for v, b in zip(model.trainable_variables, backup):
        v.assign(b)
    return acc


for epoch in range(10):
    perm = np.random.permutation(700)
    for i in range(0, 700, 50):
        j = perm[i:i + 50]
        loss = train_step(x[j], y_noisy[j])
    if epoch % 3 == 0:
        print(f"epoch {epoch}: loss {float(loss):.4f} acc {accuracy():.3f} ema acc {accuracy_with_shadow():.3f}")
