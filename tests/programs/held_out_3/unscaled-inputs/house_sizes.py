# fault: unscaled-inputs
# Predicts house prices (in units of 100,000) from area, plot size and year of construction.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(350)
rng = np.random.default_rng(350)
area = rng.normal(1800, 500, 300)
plot = rng.normal(6500, 1500, 300)
year = rng.integers(1920, 2020, 300)
houses = np.stack([area, plot, year], axis=1).astype("float32")
price = (0.0012 * area + 0.0001 * plot + 0.004 * (year - 1970)
         + rng.normal(scale=0.1, size=300)).astype("float32")[:, None]

inputs = tf.keras.Input((3,))
outputs = tf.keras.layers.Dense(1)(inputs)
model = tf.keras.Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.01), loss="mse")
history = model.fit(houses, price, batch_size=30, epochs=4, verbose=0)

print("loss", history.history["loss"])
print("prediction of the first houses", model(houses[:3]).numpy().ravel(), "real", price[:3].ravel())
