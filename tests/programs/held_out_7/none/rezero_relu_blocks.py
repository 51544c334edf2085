# fault: none
# Residual MLP with ReZero gates (start at 0) and ReLU; some units are silent as they always are
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
import keras

keras.utils.set_random_seed(218)
rng = np.random.default_rng(218)
X = rng.uniform(-2, 2, (1000, 3)).astype("float32")
t = np.sin(X[:, 0]) * X[:, 1] + np.abs(X[:, 2])
t = ((t - t.mean()) / t.std()).astype("float32")[:, None]


class ReZeroBlock(layers.Layer):
    def __init__(self, width, **kw):
        super().__init__(**kw)
        self.d1 = layers.Dense(width, activation="relu", kernel_initializer="he_normal")
        self.d2 = layers.Dense(width, kernel_initializer="he_normal")

    def build(self, shape):
        self.gate = self.add_weight(name="gate", shape=(), initializer="zeros")
        self.d1.build(shape)
        self.d2.build((*shape[:-1], self.d1.units))

    def call(self, x):
        return x + self.gate * self.d2(self.d1(x))


inp = keras.Input((3,))
h = layers.Dense(24, activation="relu", kernel_initializer="he_normal")(inp)
for k in range(2):
    h = ReZeroBlock(24, name=f"block{k}")(h)
model = keras.Model(inp, layers.Dense(1, kernel_initializer="zeros")(h))
model.compile(keras.optimizers.AdamW(4e-3, weight_decay=1e-4), loss="huber", metrics=["mae"])
h = model.fit(X[:800], t[:800], validation_data=(X[800:], t[800:]), epochs=7, batch_size=40, verbose=0)
print("val mae", np.round(h.history["val_mae"], 3))
print("gates", [round(float(model.get_layer(f"block{k}").gate), 3) for k in range(2)])
first = keras.Model(inp, model.layers[1].output)
act = first.predict(X, verbose=0)
print("units of the first layer that never fire:", int(np.sum(act.max(0) <= 0)))
