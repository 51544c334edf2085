# fault: trained-a-copy
# Federated averaging: every hospital trains locally, the server averages the weights.
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)
truth = rng.normal(size=(6, 1))


def hospital(n, shift):
    x = (rng.normal(size=(n, 6)) + shift).astype("float32")
    return x, (x @ truth > 0).astype("float32")


hospitals = [hospital(96, s) for s in (-0.2, 0.0, 0.3)]

server = keras.Sequential([keras.Input((6,)), layers.Dense(10, activation="tanh"), layers.Dense(1)])
local = keras.models.clone_model(server)
loss = keras.losses.BinaryCrossentropy(from_logits=True)
local.compile(optimizer=keras.optimizers.SGD(0.3), loss=loss)
server.compile(loss=loss, metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])

everything = [np.concatenate(parts) for parts in zip(*hospitals)]
sizes = np.array([len(x) for x, _ in hospitals], dtype="float32")
share = sizes / sizes.sum()

for communication_round in range(3):
    collected = []
    for x, y in hospitals:
        local.set_weights(server.get_weights())
        local.fit(x, y, batch_size=32, epochs=2, verbose=0)
        collected.append(local.get_weights())
    for weight, *versions in zip(server.get_weights(), *collected):
        weight[...] = sum(s * v for s, v in zip(share, versions))
    report = server.evaluate(*everything, verbose=0, return_dict=True)
    print("round", communication_round, {k: round(v, 4) for k, v in report.items()})
