# fault: incomplete-variable-list
# Forecasts sales of several stores: a shared network plus one offset for each store.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)
STORES = 6
store = rng.integers(0, STORES, 360)
drivers = rng.normal(size=(360, 4)).astype("float32")
level = np.array([-3, -1.5, 0, 1, 2.5, 4.0])
sales = (level[store] + np.tanh(drivers[:, 0]) + 0.1 * rng.normal(size=360)).astype("float32")[:, None]


class Sales(keras.Model):
    def __init__(self, stores):
        super().__init__()
        self.offset = self.add_weight(shape=(stores, 1), initializer="zeros", name="offset")
        self.hidden = keras.layers.Dense(16, activation="tanh")
        self.out = keras.layers.Dense(1)

    def call(self, inputs):
        index, x = inputs
        return self.out(self.hidden(x)) + tf.gather(self.offset, index)


model = Sales(STORES)
model((store[:1], drivers[:1]))
weights = [w for layer in model.layers for w in layer.trainable_weights]
print(len(weights), "weights in", [layer.name for layer in model.layers])

optimizer = keras.optimizers.Adam(0.02)
data = tf.data.Dataset.from_tensor_slices((store, drivers, sales)).batch(60)
for epoch in range(5):
    for index, x, y in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.mean_squared_error(y, model((index, x))))
        optimizer.apply(tape.gradient(loss, weights), weights)
    print(f"epoch {epoch} mse {float(loss):.4f}")
print("offsets", model.offset.numpy().ravel())
