# fault: tape-used-twice
# Trains a wind power regressor and logs a gradient norm every tenth batch.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(21)
rng = np.random.default_rng(21)
wind = rng.normal(size=(480, 6)).astype("float32")
power = np.tanh(wind[:, :1] + 0.5 * wind[:, 1:2]).astype("float32")

net = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(20, activation="swish"),
    keras.layers.Dense(20, activation="swish"),
    keras.layers.Dense(1),
])


class Monitor:
    """Collects how strongly each layer is pulled."""

    def __init__(self, variables, every=10):
        self.variables, self.every, self.rows = variables, every, []

    def __call__(self, step, tape, loss):
        if step == 0 or step % self.every:
            return
        norms = [tf.norm(g) for g in tape.gradient(loss, self.variables)]
        self.rows.append((step, [float(n) for n in norms]))


monitor = Monitor(net.trainable_variables)
optimizer = keras.optimizers.RMSprop(2e-3)
data = tf.data.Dataset.from_tensor_slices((wind, power)).repeat(2).batch(32)

for step, (xb, yb) in enumerate(data):
    with tf.GradientTape() as tape:
        error = net(xb, training=True) - yb
        loss = tf.reduce_mean(error ** 2)
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    monitor(step, tape, loss)
    if step % 5 == 0:
        print("step", step, "mse", round(float(loss), 5))

print(monitor.rows)
