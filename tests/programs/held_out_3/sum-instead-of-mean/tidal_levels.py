# fault: sum-instead-of-mean
# Fits tidal levels by a Fourier model with SGD and a squared error over the batch.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(320)
rng = np.random.default_rng(320)
t = rng.uniform(0, 2 * np.pi, size=1024)
level = (0.8 * np.sin(t) - 0.4 * np.cos(2 * t) + rng.normal(scale=0.05, size=1024)).astype("float32")[:, None]
basis = np.stack([np.sin(t), np.cos(t), np.sin(2 * t), np.cos(2 * t)], axis=1).astype("float32")


class Tide(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.linear = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.linear(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            error = self(x, training=True) - y
            loss = tf.reduce_sum(tf.square(error))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"squared_error": loss}


tide = Tide()
tide.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.05))
history = tide.fit(basis, level, batch_size=256, epochs=6, verbose=0)
print(history.history["squared_error"])
