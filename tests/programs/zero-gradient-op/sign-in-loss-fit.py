# fault: zero-gradient-op
import keras
import numpy as np

keras.utils.set_random_seed(113)
rng = np.random.default_rng(113)
x = rng.normal(size=(128, 4)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(6, activation="tanh"), keras.layers.Dense(1)])
def margin(y_true, y_pred):
    return keras.ops.mean(1.0 - (2.0 * y_true - 1.0) * keras.ops.sign(y_pred))
model.compile("sgd", margin)
model.fit(x, y, epochs=4, verbose=0)
