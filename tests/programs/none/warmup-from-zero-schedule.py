# fault: none
"""Classifier trained in a compiled step with a learning rate that climbs from zero, then
decays."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
group = rng.integers(0, 3, size=180)
points = (rng.normal(size=(3, 5))[group] * 1.5 + rng.normal(size=(180, 5)) * 0.7).astype("float32")


class WarmupThenRoot(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup):
        self.peak = peak
        self.warmup = float(warmup)

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        rising = step / self.warmup
        falling = tf.math.rsqrt(tf.maximum(step, 1.0) / self.warmup)
        return self.peak * tf.minimum(rising, falling)


net = tf.keras.Sequential([
    tf.keras.Input((5,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(3),
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(WarmupThenRoot(peak=0.02, warmup=8))


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(12):
    for i in range(0, 180, 60):
        loss = step(points[i:i + 60], group[i:i + 60])
    print("epoch", epoch, "loss", round(float(loss), 4))
