# fault: untracked-variable
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(6)
rng = np.random.default_rng(6)
X = rng.normal(size=(1000, 6)).astype("float32")
y = (np.sin(2 * X[:, :1]) * X[:, 1:2] + np.abs(X[:, 2:3])).astype("float32")


class Tower:
    def __init__(self, width, depth):
        self.blocks = [layers.Dense(width, activation="tanh") for _ in range(depth)]

    def __call__(self, x):
        for block in self.blocks:
            x = block(x)
        return x


class Regressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.tower = Tower(16, 2)
        self.head = layers.Dense(1)

    def call(self, x):
        return self.head(self.tower(x))


model = Regressor()
model(X[:2])
model.summary()
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1000, seed=3).batch(100, drop_remainder=True)
for epoch in range(40):
    losses = [float(train_step(xb, yb)) for xb, yb in ds]
    if (epoch + 1) % 10 == 0:
        print(f"epoch {epoch + 1}: train mse {np.mean(losses):.4f} (target var {y.var():.3f})")
