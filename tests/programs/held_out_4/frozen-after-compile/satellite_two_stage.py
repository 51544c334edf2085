# fault: frozen-after-compile
# Land-use patches: the whole net is trained on the source region, then only the head on the target region.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(60)
rng = np.random.default_rng(60)


def region(n, shift, order):
    y = rng.integers(0, 3, n)
    x = rng.normal(0, 0.5, (n, 8, 8, 3)) + shift
    x[np.arange(n), :, :, y] += 0.8
    x[y == 0, ::2] -= 0.5
    return x.astype("float32"), np.array(order)[y]


source, target = region(480, 0.0, [0, 1, 2]), region(240, 0.3, [1, 2, 0])
backbone = keras.Sequential([
    keras.Input((8, 8, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(12, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
], name="backbone")
model = keras.Sequential([keras.Input((8, 8, 3)), backbone, layers.Dense(16, activation="relu"), layers.Dense(3)])
model.compile(
    optimizer=keras.optimizers.Adam(5e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)

print("stage 1: source region")
model.fit(*source, batch_size=40, epochs=4, verbose=2)

print("stage 2: head only on the target region")
backbone.trainable = False
model.fit(*target, batch_size=40, epochs=6, verbose=2)
print("target accuracy", model.evaluate(*target, verbose=0)[1])
