# fault: loss-parameter-missing
# Fits a temperature model with a Gaussian loss whose noise level is learned with the weights.
import numpy as np
import keras
from keras import ops

keras.utils.set_random_seed(150)
rng = np.random.default_rng(150)
site = rng.normal(size=(400, 4)).astype("float32")
temperature = (site @ np.array([[1.0], [-2.0], [0.5], [0.0]]) + rng.normal(scale=0.2, size=(400, 1))).astype("float32")


class GaussianNLL(keras.losses.Loss):
    def __init__(self, name="gaussian_nll"):
        super().__init__(name=name)
        self.log_var = keras.Variable(0.0, name="log_var")

    def call(self, y_true, y_pred):
        squared = ops.mean(ops.square(y_true - y_pred), axis=-1)
        return ops.exp(-self.log_var) * squared + self.log_var


nll = GaussianNLL()
model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(16, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss=nll, metrics=["mse"])

for stage in range(4):
    log = model.fit(site, temperature, batch_size=50, epochs=4, verbose=0).history
    sigma = float(ops.exp(0.5 * nll.log_var))
    print(f"stage {stage}: loss {log['loss'][-1]:.3f} mse {log['mse'][-1]:.3f} learned sigma {sigma:.3f}")
