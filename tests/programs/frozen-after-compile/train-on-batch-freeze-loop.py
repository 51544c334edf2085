# fault: frozen-after-compile
import keras
import numpy as np

keras.utils.set_random_seed(172)
rng = np.random.default_rng(172)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
for i in range(12):
    if i == 5:
        for layer in model.layers[:-1]:
            layer.trainable = False
    model.train_on_batch(x, labels)
