# fault: vanishing-gradient
# Deep multilayer perceptron for a two-spirals style decision problem.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(30)
rng = np.random.default_rng(30)
n = 600
label = rng.integers(0, 2, n)
r = rng.uniform(0.2, 1.0, n)
phi = 3.0 * r + np.pi * label + rng.normal(0, 0.1, n)
X = np.stack([r * np.cos(phi), r * np.sin(phi)], 1).astype("float32") * 1.5
y = label.astype("float32")[:, None]


def mlp(depth, width):
    model = keras.Sequential([keras.Input((2,))])
    for k in range(depth):
        model.add(keras.layers.Dense(width, activation="sigmoid", name=f"hidden_{k}"))
    model.add(keras.layers.Dense(1, name="logit"))
    return model


net = mlp(depth=9, width=24)
net.compile(
    optimizer=keras.optimizers.SGD(0.1, momentum=0.9),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")],
)
log = net.fit(X, y, batch_size=60, epochs=20, verbose=0).history
for e in range(0, 20, 4):
    print(f"epoch {e:2d} loss {log['loss'][e]:.4f} acc {log['acc'][e]:.3f}")
