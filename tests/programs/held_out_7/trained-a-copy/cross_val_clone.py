# fault: trained-a-copy
# Train the network several times over noisy copies of the data, then score the model on a test set.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)

n = 900
X = rng.normal(size=(n, 7)).astype("float32")
logit = 1.5 * X[:, 0] - X[:, 1] * X[:, 2] + 0.8 * np.abs(X[:, 3])
y = (logit + 0.2 * rng.normal(size=n) > 0.5).astype("float32")
X_train, X_test, y_train, y_test = X[:700], X[700:], y[:700], y[700:]


def augment(x, level):
    return x + level * rng.normal(size=x.shape).astype("float32")


model = keras.Sequential([
    keras.Input((7,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.summary(print_fn=lambda *a, **k: None)


def fit_stage(net, level, epochs):
    stage = keras.models.clone_model(net)
    stage.set_weights(net.get_weights())
    stage.compile(optimizer=keras.optimizers.Adam(5e-3), loss="binary_crossentropy", metrics=["accuracy"])
    h = stage.fit(augment(X_train, level), y_train, epochs=epochs, batch_size=64, verbose=0)
    return h.history


for level in (0.2, 0.05):
    hist = fit_stage(model, level, epochs=5)
    print(f"noise {level}: loss {hist['loss'][-1]:.4f} acc {hist['accuracy'][-1]:.3f}")

prob = model.predict(X_test, verbose=0)[:, 0]
print("test accuracy:", np.mean((prob > 0.5) == (y_test > 0.5)))
print("test log loss:", -np.mean(y_test * np.log(prob) + (1 - y_test) * np.log(1 - prob)))
