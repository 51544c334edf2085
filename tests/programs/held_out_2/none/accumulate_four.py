# fault: none
# Trains with an effective batch of 128 by adding up four micro-batches.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
MICRO, ACCUMULATE = 32, 4
x = rng.normal(size=(512, 6)).astype("float32")
y = (np.sin(x[:, :1]) + x[:, 1:2]).astype("float32")
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.02)
store = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in model.trainable_variables]


@tf.function
def micro_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb) - yb))
        scaled = loss / ACCUMULATE
    for s, g in zip(store, tape.gradient(scaled, model.trainable_variables)):
        s.assign_add(g)
    return loss


def flush():
    optimizer.apply_gradients(zip([tf.identity(s) for s in store], model.trainable_variables))
    for s in store:
        s.assign(tf.zeros_like(s))


count = 0
for epoch in range(8):
    losses = []
    for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(512, seed=epoch).batch(MICRO):
        losses.append(float(micro_step(xb, yb)))
        count += 1
        if count % ACCUMULATE == 0:
            flush()
    print("epoch", epoch, "loss", round(float(np.mean(losses)), 4), "updates", count // ACCUMULATE)
