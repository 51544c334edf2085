# fault: trained-a-copy
# Loan default scoring with a small experiment class and a hold-out report.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
income, debt, history, age = rng.normal(size=(4, 900))
risk = 1.5 * debt - income + 0.8 * debt * (history < 0)
X = np.stack([income, debt, history, age], 1).astype("float32")
y = (risk + 0.3 * rng.normal(size=900) > 0).astype("float32")


def make_model(width):
    return keras.Sequential([
        keras.Input((4,)),
        layers.Dense(width, activation="relu"),
        layers.Dense(width, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ], name="scorer")


class Experiment:
    def __init__(self, width=24, lr=5e-3, epochs=8, batch_size=60):
        self.model = make_model(width)
        self.lr, self.epochs, self.batch_size = lr, epochs, batch_size

    def fit(self, x, y):
        model = keras.models.clone_model(self.model)
        model.compile(optimizer=keras.optimizers.Adam(self.lr), loss="binary_crossentropy", metrics=["accuracy"])
        return model.fit(x, y, epochs=self.epochs, batch_size=self.batch_size, verbose=0).history

    def score(self, x, y):
        p = self.model.predict(x, verbose=0)[:, 0]
        return np.mean((p > 0.5) == (y > 0.5)), -np.mean(y * np.log(p + 1e-7) + (1 - y) * np.log(1 - p + 1e-7))


exp = Experiment()
print("before training:  hold-out acc %.3f  log loss %.3f" % exp.score(X[720:], y[720:]))
log = exp.fit(X[:720], y[:720])
print("training accuracy", np.round(log["accuracy"], 3))
print("after training:   hold-out acc %.3f  log loss %.3f" % exp.score(X[720:], y[720:]))
