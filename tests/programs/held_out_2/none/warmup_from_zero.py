# fault: none
# Trains a wine quality regressor with a learning rate that climbs from zero and then decays.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
x = rng.normal(size=(384, 7)).astype("float32")
y = (x[:, :1] - np.abs(x[:, 1:2]) + 0.05 * rng.normal(size=(384, 1))).astype("float32")
EPOCHS, BATCH = 8, 32
TOTAL = EPOCHS * len(x) // BATCH


class Triangle(keras.optimizers.schedules.LearningRateSchedule):
    """Zero at the first and at the last step, the peak in between."""

    def __init__(self, peak, warmup, total):
        self.peak, self.warmup, self.total = peak, warmup, total

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        up = step / self.warmup
        down = (self.total - step) / (self.total - self.warmup)
        return self.peak * tf.maximum(0.0, tf.minimum(up, down))


net = keras.Sequential([keras.Input((7,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(Triangle(0.03, 12, TOTAL))
optimizer.build(net.trainable_variables)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(xb) - yb) ** 2)
    optimizer.apply(tape.gradient(loss, net.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(384, seed=2).batch(BATCH)
for epoch in range(EPOCHS):
    losses = [float(step(a, b)) for a, b in data]
    print(f"epoch {epoch}: loss {np.mean(losses):.4f} rate {float(optimizer.learning_rate):.5f}")
