# fault: loss-parameter-missing
"""Robust regression with Barron-style learnable scale: the loss owns log_scale."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
x = rng.uniform(-2, 2, (1000, 2)).astype("float32")
clean = np.sin(2 * x[:, :1]) + 0.5 * x[:, 1:]
noise = 0.1 * rng.standard_t(2, size=(1000, 1))
y = (clean + noise).astype("float32")


class CauchyNLL(keras.losses.Loss):
    """negative log likelihood of a Cauchy distribution with a learnable width"""

    def __init__(self, **kw):
        super().__init__(name="cauchy_nll", **kw)
        self.log_scale = keras.Variable(0.5, name="log_scale")

    def call(self, y_true, y_pred):
        z = (y_true - y_pred) * tf.exp(-self.log_scale)
        return tf.reduce_mean(tf.math.log1p(tf.square(z)) + self.log_scale, axis=-1)


class PrintScale(keras.callbacks.Callback):
    def __init__(self, crit):
        super().__init__()
        self.crit = crit

    def on_epoch_end(self, epoch, logs=None):
        if epoch % 4 == 3:
            print(f"epoch {epoch + 1}: nll {logs['loss']:.4f} scale {np.exp(float(self.crit.log_scale)):.3f}")


inputs = keras.Input((2,))
h = keras.layers.Dense(32, activation="tanh")(inputs)
h = keras.layers.Dense(32, activation="tanh")(h)
model = keras.Model(inputs, keras.layers.Dense(1)(h))

criterion = CauchyNLL()
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss=criterion)
model.fit(x, y, batch_size=100, epochs=12, verbose=0, callbacks=[PrintScale(criterion)])
print("residual median:", np.median(np.abs(model.predict(x, verbose=0) - clean)))
