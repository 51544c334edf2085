# fault: too-little-capacity
# Separates two interlocked rings with a small multilayer perceptron.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(45)
rng = np.random.default_rng(45)
angle = rng.uniform(0, 2 * np.pi, 400)
inner = rng.random(400) < 0.5
radius = np.where(inner, 0.5, 1.3) + 0.1 * rng.normal(size=400)
points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype("float32")
label = inner.astype("float32")


def hidden_block(x, units):
    x = layers.Dense(units, use_bias=True)(x)
    layers.LeakyReLU(negative_slope=0.1)(x)
    return x


inputs = keras.Input((2,))
h = hidden_block(inputs, 32)
h = hidden_block(h, 32)
h = hidden_block(h, 16)
model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(h))

model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
log = model.fit(points, label, batch_size=40, epochs=8, verbose=0)
for e, (l, a) in enumerate(zip(log.history["loss"], log.history["accuracy"])):
    print(f"epoch {e} loss {l:.4f} accuracy {a:.3f}")
