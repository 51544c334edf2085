# fault: clipped-to-nothing
"""GRU that predicts the next value of a noisy sine wave, momentum SGD with global norm clipping."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(60)
rng = np.random.default_rng(60)
wave = np.sin(np.arange(220) * 0.35) + 0.05 * rng.normal(size=220)
windows = np.stack([wave[i:i + 10] for i in range(200)])[..., None].astype("float32")
following = wave[10:210, None].astype("float32")


class Forecaster(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.rnn = tf.keras.layers.GRU(units)
        self.head = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.head(self.rnn(x))


forecaster = Forecaster(8)
optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)
max_norm = 1e-7


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(forecaster(x, training=True) - y))
    grads = tape.gradient(loss, forecaster.trainable_variables)
    grads, norm = tf.clip_by_global_norm(grads, max_norm)
    optimizer.apply_gradients(zip(grads, forecaster.trainable_variables))
    return loss, norm


for epoch in range(8):
    for i in range(0, 200, 50):
        loss, norm = step(windows[i:i + 50], following[i:i + 50])
    print(f"epoch {epoch}: loss {loss.numpy():.5f}, gradient norm {norm.numpy():.3f}")
