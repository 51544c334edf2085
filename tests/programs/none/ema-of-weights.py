# fault: none
"""Noisy regression with an exponential moving average of the weights that is used for
evaluation."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(211)
rng = np.random.default_rng(211)
x = rng.uniform(-2, 2, size=(300, 2)).astype("float32")
clean = np.sin(x[:, :1]) * x[:, 1:]
y = (clean + 0.2 * rng.normal(size=clean.shape)).astype("float32")


def build():
    return keras.Sequential([
        keras.Input((2,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(1)])


model, average = build(), build()
average.set_weights(model.get_weights())
average.trainable = False
optimizer = keras.optimizers.Adam(0.03)
DECAY = 0.95


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    for slow, fast in zip(average.weights, model.weights):
        slow.assign(DECAY * slow + (1.0 - DECAY) * fast)
    return loss


for step in range(150):
    rows = rng.integers(0, 300, size=30)
    loss = train_step(tf.constant(x[rows]), tf.constant(y[rows]))
    if step % 30 == 0:
        print("step", step, "loss", float(loss),
              "error of the average", float(np.mean((average(x) - clean) ** 2)))
print("error of the average at the end:", float(np.mean((average(x) - clean) ** 2)))
