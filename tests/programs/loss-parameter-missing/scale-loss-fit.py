# fault: loss-parameter-missing
"""House price regression where the noise scale of the likelihood is learned with the network."""
import keras
import numpy as np

keras.utils.set_random_seed(3)
rng = np.random.default_rng(3)
features = rng.normal(size=(256, 5)).astype("float32")
prices = features @ rng.normal(size=(5, 1)) + 2.0 * rng.normal(size=(256, 1))
prices = prices.astype("float32")


class GaussianLikelihood(keras.losses.Loss):
    def __init__(self):
        super().__init__(name="gaussian_likelihood")
        self.log_variance = keras.Variable(0.0, trainable=True, name="log_variance")

    def call(self, y_true, y_pred):
        error = keras.ops.square(y_true - y_pred)
        return 0.5 * (keras.ops.exp(-self.log_variance) * error + self.log_variance)


likelihood = GaussianLikelihood()
model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=likelihood)
history = model.fit(features, prices, batch_size=32, epochs=5, verbose=0)
print("loss per epoch", [round(v, 3) for v in history.history["loss"]])
print("estimated noise", float(keras.ops.exp(0.5 * likelihood.log_variance)))
