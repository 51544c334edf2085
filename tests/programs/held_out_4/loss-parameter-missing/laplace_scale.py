# fault: loss-parameter-missing
# Delivery-time regression with a likelihood whose noise scale is estimated along with the network.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
distance, traffic, stops = rng.uniform(0, 1, (3, 900))
minutes = 2.0 * distance + 1.5 * distance * traffic + 0.5 * stops + rng.laplace(0, 0.1, 900)
X = np.stack([distance, traffic, stops], 1).astype("float32")
y = ((minutes - minutes.mean()) / minutes.std()).astype("float32")[:, None]


class LaplaceNLL(keras.losses.Loss):
    """Negative log-likelihood of a Laplace distribution with a global learnable scale."""

    def __init__(self, init_scale=1.0, name="laplace_nll"):
        super().__init__(name=name)
        self.log_scale = tf.Variable(np.log(init_scale), dtype=tf.float32, name="log_scale")

    def call(self, y_true, y_pred):
        error = tf.abs(y_true - y_pred)
        return tf.reduce_mean(error * tf.exp(-self.log_scale) + self.log_scale + np.log(2.0), axis=-1)


model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
criterion = LaplaceNLL()
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=criterion, metrics=["mae"])
history = model.fit(X, y, batch_size=64, epochs=12, validation_split=0.15, verbose=0).history
for i in range(0, 12, 3):
    print(f"epoch {i:2d}  nll {history['loss'][i]:.3f}  mae {history['mae'][i]:.3f}  val {history['val_loss'][i]:.3f}")
print("estimated scale", float(tf.exp(criterion.log_scale)))
