# fault: frozen-python-state
"""Two-phase training: the head alone for 3 epochs, then the whole network (flag in a config object)."""
from dataclasses import dataclass
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(84)
rng = np.random.default_rng(84)


@dataclass
class Phase:
    epoch: int = 0
    train_body: bool = False


phase = Phase()
x = rng.uniform(-1, 1, (1000, 3)).astype("float32")
y = np.sin(4 * x[:, :1] * x[:, 1:2]) + 0.4 * x[:, 2:] ** 2
y = ((y - y.mean()) / y.std()).astype("float32")

body = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
], name="body")
head = keras.layers.Dense(1, name="head")
head.build((None, 32))

body_opt = keras.optimizers.Adam(3e-3)
head_opt = keras.optimizers.Adam(3e-3)
body_opt.build(body.trainable_variables)
head_opt.build(head.trainable_variables)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(head(body(xb)) - yb))
    g_body, g_head = tape.gradient(loss, [body.trainable_variables, head.trainable_variables])
    head_opt.apply_gradients(zip(g_head, head.trainable_variables))
    if phase.train_body:
        body_opt.apply_gradients(zip(g_body, body.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(1000, seed=2).batch(50)
for epoch in range(14):
    phase.epoch = epoch
    phase.train_body = epoch >= 3
    losses = [float(train_step(xb, yb)) for xb, yb in data]
    if epoch % 3 == 1:
        print(f"epoch {epoch + 1:2d} train_body={phase.train_body} mse {np.mean(losses):.4f}")
