# fault: recompiled-late
# Transfer learning in two phases: new head first, then the whole network with small steps.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(99)
rng = np.random.default_rng(99)
x = rng.normal(size=(400, 10)).astype("float32")
source = np.stack([x[:, 0] * x[:, 1], x[:, 2]], axis=1).astype("float32")
task = (np.abs(x[:, 3]) + x[:, 4] > 0.9).astype("float32")

backbone = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
], name="backbone")
pretraining = keras.Sequential([backbone, layers.Dense(2)])
pretraining.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
pretraining.fit(x, source, batch_size=100, epochs=4, verbose=0)

backbone.trainable = False
classifier = keras.Sequential([keras.Input((10,)), backbone, layers.Dense(1)], name="classifier")


def compile_for(rate):
    classifier.compile(optimizer=keras.optimizers.Adam(rate),
                       loss=keras.losses.BinaryCrossentropy(from_logits=True),
                       metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")])


compile_for(0.01)
phases = {"head": classifier.fit(x, task, batch_size=50, epochs=4, verbose=0)}

for layer in classifier.layers:
    layer.trainable = True
phases["all"] = classifier.fit(x, task, batch_size=50, epochs=6, verbose=0)
compile_for(0.003)
final = classifier.evaluate(x, task, verbose=0, return_dict=True)

for name, log in phases.items():
    print(name, [round(v, 4) for v in log.history["loss"]])
print({k: round(v, 4) for k, v in final.items()})
