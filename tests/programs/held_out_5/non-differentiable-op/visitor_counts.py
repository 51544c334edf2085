# fault: non-differentiable-op
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(50)
keras.utils.set_random_seed(50)
hour = rng.integers(0, 24, 1500)
rain = rng.integers(0, 2, 1500)
lam = 5 + 3 * np.sin(hour / 24 * 2 * np.pi) - 1.5 * rain
count = rng.poisson(lam).astype("float32")[:, None]
X = np.stack([np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi), rain], 1).astype("float32")


class CountNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(16, activation="tanh")
        self.o = keras.layers.Dense(1, activation="softplus", bias_initializer=keras.initializers.Constant(3.0))

    def call(self, x):
        return self.o(self.h(x))


net = CountNet()
opt = keras.optimizers.Adam(0.01)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        forecast = tf.round(net(x, training=True))
        loss = tf.reduce_mean(tf.abs(forecast - y))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(10):
    for x, y in tf.data.Dataset.from_tensor_slices((X, count)).batch(150):
        loss = train_step(x, y)
    print(f"epoch {epoch} absolute error {loss.numpy():.3f}")
